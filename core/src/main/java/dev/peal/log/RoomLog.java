package dev.peal.log;

import dev.peal.time.Owner;
import java.util.function.Consumer;

/** The log of all rooms. Thread-safe; no method blocks on I/O, except {@link #close}. */
public interface RoomLog extends AutoCloseable {
    /** In place of an offset: all that there is, the newest entry too. */
    long ALL = Long.MAX_VALUE;

    /**
     * Opens a room and follows it. A room that was never written to opens empty, and leaves nothing behind if nothing is appended.
     *
     * @param owner the thread on which the follower and every callback of the feed are called
     */
    Feed follow(RoomKey room, Owner owner, Follower follower);

    /**
     * Reads a part of a room; the answer comes on {@code owner}, never from inside this call. It holds at least what any follower was given before the
     * call, and may hold newer entries that a follower has yet to be given: offsets tell.
     */
    void read(ReadRequest request, Owner owner, Consumer<LogRead> done);

    /**
     * Gives up a room's entries up to an offset, that one included, or {@link #ALL}: they go soon, beside what retention takes; up to an offset the newest one always
     * stays. Offsets go on behind what is gone as long as anything is known of the room. What has not gone when the process ends stays until it is asked for again.
     */
    void trim(RoomKey room, long upTo);

    /** Whether the log takes appends now; false makes the server say that it is not ready. */
    boolean writable();

    /** Completes what was accepted, then releases the store. Blocks; called once, from outside any owner. */
    @Override
    void close();
}
