package dev.peal.hub;

/** The answer to a join, on the connection's loop but for {@link #admitted}. The member is listed by then and gets signals; stored entries come once it is live. */
public interface Joining {
    /** The join takes effect. Called on the room's owner, at its place in the room's order; {@link #joined} follows. */
    default void admitted(Room room) {}

    /**
     * The member is in. Every entry after {@code newest} has yet to come to this loop.
     *
     * @param oldest the oldest offset held (newest + 1 where none is)
     * @param newest the newest offset at this moment
     */
    void joined(String epoch, long oldest, long newest);

    /** The room's log cannot be opened now. */
    void unavailable();
}
