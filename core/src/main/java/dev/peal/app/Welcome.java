package dev.peal.app;

import dev.peal.protocol.Recovery;

/**
 * An application's own answer to a join, in place of {@code joined}: sent whether or not the message asked for an answer.
 *
 * <p>Two steps on two threads. On the room's owner, at the join's place in the room's order, {@link #at} takes hold of what the answer is made of; on the connection's
 * loop, once it is known whether the client can be given what it missed, {@link Greeting#say} makes it.
 */
@FunctionalInterface
public interface Welcome {
    /** Takes hold of what the answer is made of. Room's owner; must not block or throw. */
    Greeting at(RoomMoment moment);

    /** What the answer is made of: immutable. */
    @FunctionalInterface
    interface Greeting {
        /**
         * Makes the answer. Connection's loop; pure.
         *
         * @param recovery {@link Recovery.Complete}: what came after {@code since} follows, up to the moment and then live; else what comes after the moment
         */
        Outcome.Reply say(Recovery recovery);
    }
}
