package dev.peal.store;

/**
 * A stretch of a table, in the order of its keys' UTF-8 bytes.
 *
 * @param table which table
 * @param prefix only keys that begin so; empty: all
 * @param after only keys beyond this one; empty: from the first
 * @param rowsMax at most so many rows, 1–1,000
 */
public record ScanRequest(String table, String prefix, String after, int rowsMax) {
    /** The most rows of one answer. */
    public static final int ROWS_MAX = 1_000;

    /** Bytes of values after which an answer ends; it has at least one row where there is one. */
    public static final int BYTES_MAX = 4 << 20;

    public ScanRequest {
        StoreKey.checkTable(table);
        StoreKey.checkKey(prefix);
        StoreKey.checkKey(after);
        if (rowsMax < 1 || rowsMax > ROWS_MAX) {
            throw new IllegalArgumentException("rowsMax: 1 to " + ROWS_MAX);
        }
    }

    /** The whole table from its first key, {@link #ROWS_MAX} rows at a time. */
    public static ScanRequest all(String table) {
        return new ScanRequest(table, "", "", ROWS_MAX);
    }

    /** The stretch behind a row of this one. */
    public ScanRequest after(StoreRead.Row row) {
        return new ScanRequest(table, prefix, row.key(), rowsMax);
    }
}
