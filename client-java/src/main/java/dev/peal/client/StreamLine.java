package dev.peal.client;

import dev.peal.client.loop.Loop;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A connection to a path whose messages are flat, for the other packages of this library; it comes back by itself. No program uses it: it changes without notice.
 */
public interface StreamLine {
    /** Everything here happens on it. */
    Loop loop();

    /** Runs what a program gave. */
    Executor callbacks();

    RandomGenerator random();

    /** How long to wait before the next try of something that failed so often in a row. */
    long waitMillis(int failures);

    /** Connects, and again after it was sent away. */
    void start();

    void stop();

    /** Ends it for good, with its threads. Thread-safe. */
    void close();

    /** Asks, over the connection that there is; exactly one answer comes. */
    void ask(ObjectNode action, Consumer<Line.Answer> then);

    /** Says something that nobody answers, if there is a connection. */
    void tell(ObjectNode action);

    /** What a path of the server answers over HTTP; empty where there is no such answer. */
    void get(String pathAndQuery, Consumer<Optional<JsonNode>> then);

    /** Who uses a line; told on the loop. */
    interface User {
        void changed(ClientState state);

        /** There is a connection, and this is who one is on it. */
        void live(Optional<String> userId);

        void lost();

        /** What answers no question. */
        void message(ObjectNode message);

        void bytes(byte[] frame);
    }
}
