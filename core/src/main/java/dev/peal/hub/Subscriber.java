package dev.peal.hub;

import dev.peal.log.RoomKey;

/** One connection as its rooms see it. All methods are called on the loop that owns the connection; none calls back into the hub or throws. */
public interface Subscriber {
    /** How this connection wants its bytes; fixed for its life. */
    Format format();

    /**
     * Takes the pushes {@code from} (inclusive) to {@code to} (exclusive) of a batch, all or none, without blocking. They are flushed at the end of the loop's
     * iteration.
     *
     * @return false: I am full, and nothing was taken
     */
    boolean offer(EncodedBatch batch, int from, int to);

    /** The room's policy is to disconnect, and this connection was full. Called once the batch has gone out. */
    void slow();

    /** Who may be in a room has changed: whether this connection still may is to be asked anew. */
    void review(RoomKey room);

    /** The room's log is not what it was: nothing more comes from this room, and the client must come back to learn what it missed. */
    void lost();

    /**
     * The room's policy is to drop, and there is room again: these were left out since the last push that was taken.
     *
     * @param kind the room's
     * @param count stored entries and signals left out
     * @param newest the newest stored offset among them, 0 for signals alone
     */
    void skipped(RoomKey room, RoomKind kind, long count, long newest);
}
