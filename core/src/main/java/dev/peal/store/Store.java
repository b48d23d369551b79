package dev.peal.store;

import dev.peal.time.Owner;
import java.util.function.Consumer;

/**
 * Named tables of versioned values. A table exists as long as it has a key.
 *
 * <p>Every write gives a value a version that no value of the store had before, so that a key that was deleted and put again is not mistaken for the one that it
 * was. Writes take effect in the order in which one thread asks for them. A read holds every write that was answered before it was asked for; of those under
 * way it may hold some. Answers come on the given owner, never from inside the call; those of reads may overtake those of writes.
 */
public interface Store {
    /** For {@code expected}: whatever is there. */
    long ANY = -1;

    /** For {@code expected}: nothing may be there. As an answer's version: nothing is there. */
    long ABSENT = 0;

    /** Reads one value: {@link StoreRead.Rows} with one row or none. */
    void get(StoreKey key, Owner owner, Consumer<StoreRead> done);

    /** Reads a stretch of a table in the order of its keys. */
    void scan(ScanRequest request, Owner owner, Consumer<StoreRead> done);

    /**
     * Writes one value.
     *
     * @param value at most {@link StoreKey#VALUE_BYTES_MAX} bytes; handed over
     * @param expected the version that must be there, {@link #ABSENT} or {@link #ANY}
     * @throws IllegalArgumentException for a value that is too large
     */
    void put(StoreKey key, byte[] value, long expected, Owner owner, Consumer<StoreWrite> done);

    /**
     * Deletes one value; {@link StoreWrite.Done} with {@link #ABSENT} also where nothing was there to delete.
     *
     * @param expected the version that must be there, {@link #ABSENT} or {@link #ANY}
     */
    void delete(StoreKey key, long expected, Owner owner, Consumer<StoreWrite> done);

    /**
     * A store within this one, whose tables nobody meets who does not have the same name for it.
     *
     * @param name 1–32 characters, none of them {@code /}
     */
    default Store within(String name) {
        return new StoreWithin(this, name);
    }
}
