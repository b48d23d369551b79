package dev.peal.log;

/** What became of an append. */
public sealed interface Appended {
    /**
     * Stored, and as durable as the room's kind promises.
     *
     * @param epoch the room's epoch
     * @param offset where the entry stands
     * @param duplicate true when this {@code messageId} was stored before: {@code offset} is the first one's, and no new entry exists
     */
    record Stored(String epoch, long offset, boolean duplicate) implements Appended {}

    /**
     * The expected offset was not the newest one; nothing was stored.
     *
     * @param newest the newest offset at that moment
     */
    record Conflict(long newest) implements Appended {}

    /** The same {@code messageId} was stored before with another payload; the first stays. */
    record MessageIdReused() implements Appended {}

    /**
     * The store cannot write now (disk full, I/O error, closed). Whether the entry will exist after a crash is unknown, so a client repeats it under
     * the same {@code messageId}; a store that answers this never acknowledges it later.
     */
    record Unavailable() implements Appended {}
}
