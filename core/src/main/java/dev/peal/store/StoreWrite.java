package dev.peal.store;

/** What became of a write. */
public sealed interface StoreWrite {
    /**
     * Written, and durable.
     *
     * @param version the value's version; {@link Store#ABSENT} after a deletion
     */
    record Done(long version) implements StoreWrite {}

    /**
     * Another version was there than expected; nothing was written.
     *
     * @param version what is there, {@link Store#ABSENT} for nothing
     */
    record Conflict(long version) implements StoreWrite {}

    /** The store cannot write now. Whether the value will be there after a crash is unknown: read it before deciding again. */
    record Unavailable() implements StoreWrite {}
}
