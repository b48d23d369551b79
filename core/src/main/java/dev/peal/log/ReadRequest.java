package dev.peal.log;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a room's log.
 *
 * @param room which room
 * @param epoch the epoch that {@code from} belongs to; null: whatever the epoch is
 * @param direction {@link Direction#AFTER}: the oldest entries with an offset above {@code from}; {@link Direction#BEFORE}: the newest with one below it
 * @param from an offset; for {@code AFTER} 0 is the start, for {@code BEFORE} {@link Long#MAX_VALUE} is the end
 * @param entriesMax at most so many entries, from 1
 * @param bytesMax stop once so many bytes of data are read; at least one entry is returned where one is held
 */
public record ReadRequest(
        RoomKey room, @Nullable String epoch, Direction direction, long from, int entriesMax, int bytesMax) {
    public ReadRequest {
        Objects.requireNonNull(room);
        Objects.requireNonNull(direction);
        if (from < 0) {
            throw new IllegalArgumentException("from: not negative");
        }
        if (entriesMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("entriesMax and bytesMax: from 1");
        }
    }

    /** The same, from another offset. */
    ReadRequest startingAt(long offset) {
        return new ReadRequest(room, epoch, direction, offset, entriesMax, bytesMax);
    }

    /** Which way to read from an offset. The entries of an answer are in rising order either way. */
    public enum Direction {
        AFTER,
        BEFORE
    }
}
