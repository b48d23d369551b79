package dev.peal.market.book;

import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The plainest book there is, to compare with. */
public final class ReferenceBook {
    private final NavigableMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<Long, Long> asks = new TreeMap<>();

    /** Sets the size at a price; 0 removes the level. */
    public void set(Side side, long priceTicks, long lots) {
        NavigableMap<Long, Long> levels = side == Side.BUY ? bids : asks;
        if (lots == 0) {
            levels.remove(priceTicks);
        } else {
            levels.put(priceTicks, lots);
        }
    }

    /** Adds to the size at a price; a level that comes to 0 is gone. */
    public void add(Side side, long priceTicks, long lots) {
        set(side, priceTicks, (side == Side.BUY ? bids : asks).getOrDefault(priceTicks, 0L) + lots);
    }

    /** One level after the other. */
    public void apply(BookDelta delta) {
        for (Side side : Side.values()) {
            Levels levels = delta.levels(side);
            for (int i = 0; i < levels.size(); i++) {
                set(side, levels.priceTicks(i), levels.lots(i));
            }
        }
    }

    /** All of it. */
    public BookSnapshot snapshot() {
        return new BookSnapshot(levels(bids), levels(asks));
    }

    public boolean crossed() {
        return !bids.isEmpty() && !asks.isEmpty() && bids.firstKey() >= asks.firstKey();
    }

    private static Levels levels(NavigableMap<Long, Long> side) {
        return Levels.of(side.entrySet().stream()
                .flatMap(level -> Stream.of(level.getKey(), level.getValue()))
                .mapToLong(Long::longValue)
                .toArray());
    }
}
