package dev.peal.store;

import java.util.List;
import java.util.Optional;

/** What a read found. */
public sealed interface StoreRead {
    /**
     * One value.
     *
     * @param version from 1; grows with each write
     * @param value shared, never changed
     */
    record Row(String key, long version, byte[] value) {}

    /**
     * The rows asked for.
     *
     * @param more whether the stretch goes on behind the last row
     */
    record Rows(List<Row> rows, boolean more) implements StoreRead {
        public Rows {
            rows = List.copyOf(rows);
        }

        /** The value that {@link Store#get} asked for. */
        public Optional<Row> first() {
            return rows.stream().findFirst();
        }
    }

    /** The store could not be read; ask again. */
    record Failed() implements StoreRead {}
}
