package dev.peal.market.feed;

import dev.peal.market.candle.Candle;
import dev.peal.market.live.CandleUpdate;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** The newest candles of one interval, and when each last changed. Belongs to one loop. */
final class CandleBoard {
    /** How many are remembered for readers that lag; who lags more reads the history. */
    static final int CANDLES_MAX = 64;

    private record Entry(CandleUpdate update, long version) {}

    /** The oldest first. */
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    void put(CandleUpdate update, long version) {
        long start = update.candle().startMillis();
        ArrayDeque<Entry> later = new ArrayDeque<>();
        while (!entries.isEmpty() && start(entries.getLast()) > start) {
            later.addFirst(entries.removeLast());
        }
        if (!entries.isEmpty() && start(entries.getLast()) == start) {
            entries.removeLast();
        }
        entries.addLast(new Entry(update, version));
        entries.addAll(later);
        if (entries.size() > CANDLES_MAX) {
            entries.removeFirst();
        }
    }

    /** Each that changed after a version, the oldest first. */
    void changedAfter(long version, Consumer<CandleUpdate> told) {
        for (Entry entry : entries) {
            if (entry.version > version) {
                told.accept(entry.update);
            }
        }
    }

    /** The same, and the newest whether it changed or not. */
    void newestAndChangedAfter(long version, Consumer<CandleUpdate> told) {
        for (Entry entry : entries) {
            if (entry.version > version || entry == entries.getLast()) {
                told.accept(entry.update);
            }
        }
    }

    private static long start(Entry entry) {
        Candle candle = entry.update.candle();
        return candle.startMillis();
    }
}
