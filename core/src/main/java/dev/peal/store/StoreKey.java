package dev.peal.store;

import java.nio.charset.StandardCharsets;

/**
 * Where a value is.
 *
 * @param table 1–128 characters
 * @param key 1–512 bytes as UTF-8
 */
public record StoreKey(String table, String key) {
    /** The largest value. */
    public static final int VALUE_BYTES_MAX = 1 << 20;

    static final int KEY_BYTES_MAX = 512;
    static final int TABLE_CHARS_MAX = 128;

    public StoreKey {
        checkTable(table);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key: from 1 byte");
        }
        checkKey(key);
    }

    static void checkTable(String table) {
        if (table.isEmpty() || table.length() > TABLE_CHARS_MAX || !encodable(table)) {
            throw new IllegalArgumentException("table: 1 to " + TABLE_CHARS_MAX + " characters");
        }
    }

    static void checkKey(String key) {
        if (key.length() > KEY_BYTES_MAX
                || !encodable(key)
                || key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX) {
            throw new IllegalArgumentException("key: at most " + KEY_BYTES_MAX + " bytes of UTF-8");
        }
    }

    /** Half a surrogate pair has no UTF-8: two keys with one would be the same. */
    private static boolean encodable(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** @throws IllegalArgumentException for a value that is too large */
    public static void checkValue(byte[] value) {
        if (value.length > VALUE_BYTES_MAX) {
            throw new IllegalArgumentException("value: at most " + VALUE_BYTES_MAX + " bytes");
        }
    }
}
