package dev.peal.app;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An application that has no rooms: it speaks flat messages on a WebSocket path of its own, and says for itself who hears what.
 *
 * <p>Sign-in, heartbeat, limits, slow readers and the end of a connection are the server's. A message with a {@code type} ({@code authenticate}, {@code ping}) is too;
 * one with an {@code action} is the application's.
 */
public interface StreamApp {
    /** What it is called, and so its part of the store: 1 to 64 of {@code [a-z0-9_-]}. */
    String name();

    /** Its WebSocket path; nobody else's. */
    String path();

    /** The actions that it understands; each counts against the rate limit of its name. Asked once, before the server opens its port. */
    Set<String> actions();

    /** Whether who has not signed in may connect, and stay. Asked once, before the server opens its port. */
    boolean anonymous();

    /** A connection was opened on its path. Called on the connection's loop. */
    StreamClient open(StreamOpening opening, Outlet outlet);

    /** What it answers over HTTP besides. Asked once, after {@link #start}, before the server opens its port. */
    default List<HttpRoute> routes() {
        return List.of();
    }

    /** What it does over HTTP for programs that have an API key. Asked once, after {@link #start}, before the server opens its port. */
    default List<ProgramRoute> programRoutes() {
        return List.of();
    }

    /**
     * Gives the application its means to act by itself. Called once, before the server opens its port.
     *
     * @return completed once there is something to connect to; the port is opened then
     */
    default CompletionStage<Void> start(StreamContext context) {
        return CompletableFuture.completedStage(null);
    }

    /** The server ends, and nobody is connected any more. */
    default void stop() {}
}
