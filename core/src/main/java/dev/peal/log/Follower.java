package dev.peal.log;

/**
 * Receives a room's entries. Called on the owner given to {@link RoomLog#follow}, never from inside a call into the log; must not throw.
 *
 * <p>Order of calls: {@link #opened} or {@link #failed} first; then for each entry {@link #entry}, and for each own append its callback directly after the
 * entry that it made (or alone, where it made none), before the next entry; {@link #batchEnd} after a run of those calls.
 */
public interface Follower {
    /**
     * The room is open: every entry after {@code newest} will be given to {@link #entry}, in order, none twice.
     *
     * @param epoch the room's epoch
     * @param oldest the oldest offset held (newest + 1 where none is)
     * @param newest the newest offset, 0 for a room without entries
     */
    void opened(String epoch, long oldest, long newest);

    /**
     * The room could not be opened, or, after {@link #opened}, the store came back from a failure with another history than this follower was told: the feed
     * is closed, and following again opens the room as it is now.
     */
    void failed();

    /** The next entry, after it became as durable as the room's kind promises. */
    void entry(Entry entry);

    /** No more calls in this run: flush what was gathered. */
    void batchEnd();
}
