package dev.peal.session;

import dev.peal.auth.Identity;
import dev.peal.log.RoomKey;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What lets a client come back to its session over another connection, and what its rooms know that session by. Thread-safe: one atomic state.
 *
 * <p>Its id is a secret: it is in no text of this object.
 */
final class Ticket {
    /** Where the session is. */
    sealed interface State {
        /**
         * With a connection.
         *
         * @param left the rooms of its last absence, in some of which it may still be kept present
         */
        record Held(Session by, Set<RoomKey> left) implements State {}

        /**
         * Without one, and kept present in some rooms.
         *
         * @param untilNanos when that ends, on the monotonic clock
         */
        record Away(Identity identity, Set<RoomKey> rooms, long untilNanos) implements State {}

        /** Ended; nobody comes back to it. */
        record Over() implements State {}
    }

    /** The user of a session without one: no user's id is empty. */
    static final String NOBODY = "";

    private final String id;
    private final String userId;
    private final AtomicReference<State> state;

    Ticket(String id, String userId, Session by) {
        this.id = id;
        this.userId = userId;
        this.state = new AtomicReference<>(new State.Held(by, Set.of()));
    }

    String id() {
        return id;
    }

    boolean isOf(String user) {
        return userId.equals(user);
    }

    State state() {
        return Objects.requireNonNull(state.get());
    }

    /** False: it is not in that state any more, and nothing changed. */
    boolean change(State from, State to) {
        return state.compareAndSet(from, to);
    }
}
