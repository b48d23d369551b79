package dev.peal.log;

import java.util.function.Consumer;

/** An open room: the right to append to it and to be told of its entries. Used on the owner given to {@link RoomLog#follow} alone. */
public interface Feed extends AutoCloseable {
    /** For {@code expected}: append whatever the newest offset is. */
    long ANY = -1;

    /**
     * Appends. Appends of one feed are stored in the order given. Never blocks; the answer comes on the owner, after the entry itself was given to the
     * follower, and is never given from inside this call.
     *
     * <p>A repeated {@code messageId} is answered as such whatever {@code expected} says, so that a client whose answer was lost may simply repeat itself.
     * After {@link #close} every append is {@link Appended.Unavailable}.
     *
     * <p>Earlier appends of this feed that are still under way count as stored, so that a decision can be made on one that is not durable yet. Where one that
     * expected an offset makes no entry, those that were asked for before its answer came and expect a later offset are answered {@link Appended.Conflict},
     * whatever the newest offset is by then: what they were decided on is not there. One that expected an offset which an earlier append of the feed was to get was
     * lost when it was asked for, and nobody counts on it.
     *
     * @param expected the newest offset that the caller decided on, or {@link #ANY}
     */
    void append(Draft draft, long expected, Consumer<Appended> done);

    /** Stops following: the follower is not called again, not even for what was under way. Appends under way still complete and answer. */
    @Override
    void close();
}
