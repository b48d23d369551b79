package dev.peal.engine.sqlite;

/**
 * The key of an entry's row: {@code room number << 36 | offset}. One integer is SQLite's cheapest key, keeps a room's entries side by side and in order, and
 * can name an entry in a search index. Room for 2²⁷ rooms of 2³⁶ entries.
 */
final class RowIds {
    static final long OFFSET_MAX = (1L << 36) - 1;
    static final int ROOMS_MAX = (1 << 27) - 1;

    private RowIds() {}

    static long of(int room, long offset) {
        return (long) room << 36 | offset;
    }

    static long offset(long id) {
        return id & OFFSET_MAX;
    }

    /** The id that every entry of the room is above. */
    static long before(int room) {
        return of(room, 0);
    }

    /** The highest id that an entry of the room can have. */
    static long last(int room) {
        return of(room, OFFSET_MAX);
    }
}
