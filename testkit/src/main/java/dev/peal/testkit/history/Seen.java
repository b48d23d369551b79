package dev.peal.testkit.history;

import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import java.util.Optional;

/** One thing that a reader was told, in the order of its telling. */
public sealed interface Seen {
    /**
     * It is in the room from here on.
     *
     * @param newest the newest position at that moment
     * @param since what it had asked to go on from
     * @param recovery what was promised of what lies between
     */
    record Joined(Position newest, Optional<Position> since, Recovery recovery) implements Seen {
        /** Whether all after {@code since} was promised. */
        public boolean recovered() {
            return recovery instanceof Recovery.Complete;
        }

        /** The position after which the next entry comes. */
        Position goesOnFrom() {
            return recovered() ? since.orElse(newest) : newest;
        }
    }

    /** A stored entry. */
    record Entry(long offset, String payload) implements Seen {}
}
