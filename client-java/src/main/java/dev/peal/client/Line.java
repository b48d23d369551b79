package dev.peal.client;

import dev.peal.client.loop.Loop;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** A client's connection, for the other packages of this library, which know messages that the client itself does not. No program uses it: it changes without notice. */
public interface Line {
    /** Everything here happens on it. */
    Loop loop();

    /** Runs what a program gave. */
    Executor callbacks();

    RandomGenerator random();

    /** How long to wait before the next try of something that failed so often in a row. */
    long waitMillis(int failures);

    /** Asks, over the connection that there is; exactly one answer comes. */
    void ask(String type, ObjectNode data, Consumer<Answer> then);

    /** Says something that nobody answers, if there is a connection. */
    void tell(String type, ObjectNode data);

    /** What became of a request. */
    sealed interface Answer {
        record Said(ObjectNode message) implements Answer {}

        /** @param afterMillis how long to wait with the same, where it may succeed later */
        record Refused(PealException why, OptionalLong afterMillis) implements Answer {}

        /** The connection went before the answer came: it may have been done or not. */
        record Lost() implements Answer {}
    }

    /** Who uses a line; told on the loop. */
    interface User {
        /**
         * Signed in.
         *
         * @param transport how, such as {@code websocket}
         */
        void live(String transport, Optional<String> userId);

        void lost();

        /** A push that is none of a chat room's. */
        void push(ObjectNode message);

        /** The client has ended, or was sent away: nothing is tried any more. */
        void over(PealException why);
    }
}
