package dev.peal.app;

import dev.peal.protocol.FlatParsed;

/** One connection, as its {@link StreamApp} follows it. All methods are called on the connection's loop; {@link #gone} once and last. */
public interface StreamClient {
    /**
     * It asks for something that is one of the application's actions, within its rate limit. Called once the caller is known, in the order sent; must not block and must
     * not throw for anything that a client can send.
     */
    void action(Caller caller, FlatParsed.Action action);

    /** The caller signed in, and is this one from now on. */
    default void signedIn(Caller caller) {}

    /** The socket has taken most of what was pending: {@link Outlet#full} is false now. */
    void drained();

    /** The connection has ended, whoever ended it. */
    void gone();
}
