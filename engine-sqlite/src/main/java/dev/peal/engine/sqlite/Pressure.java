package dev.peal.engine.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the database may take in all. While it takes more, the oldest entries of all rooms go: in turns over the rooms, each turn taking what lies before its
 * horizon, which is the oldest sixteenth of the time that the log spans. So no room keeps entries that are older than another's lost ones by more than that,
 * and finding them needs neither an index by time nor a list of rooms in memory. Each room keeps its newest entry. Writer thread only.
 */
final class Pressure {
    private static final int TURNS = 16;

    private final long bytesMax;
    private long horizonMillis = Long.MIN_VALUE;
    private long oldestMillis = Long.MAX_VALUE;
    private boolean on;
    private boolean hopeful;
    private boolean wholeTurn;

    Pressure(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Looks how much is taken. Free pages do not count: the next entries go there. */
    void measure(Connection connection) throws SQLException {
        if (bytesMax == Long.MAX_VALUE) {
            return;
        }
        boolean before = on;
        long pages = Numbers.of(connection, "PRAGMA page_count") - Numbers.of(connection, "PRAGMA freelist_count");
        on = pages * Connections.PAGE_BYTES > bytesMax;
        if (on && !before) {
            hopeful = true;
            wholeTurn = false;
        }
    }

    /** Whether entries have to go. */
    boolean on() {
        return on;
    }

    /** Whether further steps at once are of use: something was found that can go. */
    boolean more() {
        return on && hopeful;
    }

    /** Whether an entry of that time goes in this turn. */
    boolean takes(long timeMillis) {
        return on && timeMillis <= horizonMillis;
    }

    /** An entry of that time could go, but stays in this turn. */
    void stays(long timeMillis) {
        oldestMillis = Math.min(oldestMillis, timeMillis);
    }

    /** Every room had its turn. */
    void turned(long nowMillis) {
        boolean found = oldestMillis != Long.MAX_VALUE;
        if (found) {
            horizonMillis = oldestMillis + Math.max(0, nowMillis - oldestMillis) / TURNS;
        }
        hopeful = found || !wholeTurn;
        wholeTurn = true;
        oldestMillis = Long.MAX_VALUE;
    }
}
