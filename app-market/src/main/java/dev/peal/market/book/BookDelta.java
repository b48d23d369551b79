package dev.peal.market.book;

import java.util.Arrays;

/**
 * What changed in a book: for each level its new size, 0 where it is gone. Immutable.
 *
 * <p>A size is the whole new size and never a difference. So applying a delta twice does no harm, and for every book {@code b}:
 * {@code apply(b, first.merge(second)) = apply(apply(b, first), second)}.
 *
 * @param bids the best first, each price once
 * @param asks likewise
 */
public record BookDelta(Levels bids, Levels asks) {
    public static final BookDelta NONE = new BookDelta(Levels.NONE, Levels.NONE);

    /** The change of one level. */
    public static BookDelta of(Side side, long priceTicks, long lots) {
        Levels level = Levels.of(priceTicks, lots);
        return side == Side.BUY ? new BookDelta(level, Levels.NONE) : new BookDelta(Levels.NONE, level);
    }

    /** The smallest delta that makes {@code to} of {@code from}. Of snapshots of one depth it is what a reader of that depth must be told. */
    public static BookDelta between(BookSnapshot from, BookSnapshot to) {
        return new BookDelta(between(Side.BUY, from.bids(), to.bids()), between(Side.SELL, from.asks(), to.asks()));
    }

    public Levels levels(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    public boolean isEmpty() {
        return bids.isEmpty() && asks.isEmpty();
    }

    /** How many levels it changes. */
    public int size() {
        return bids.size() + asks.size();
    }

    /** This delta and then a newer one, as one. */
    public BookDelta merge(BookDelta newer) {
        if (isEmpty() || newer.isEmpty()) {
            return isEmpty() ? newer : this;
        }
        return new BookDelta(merge(Side.BUY, bids, newer.bids), merge(Side.SELL, asks, newer.asks));
    }

    /** Whether {@code price} stands before {@code other} on a side of a book. */
    static boolean better(Side side, long price, long other) {
        return side == Side.BUY ? price > other : price < other;
    }

    private static Levels merge(Side side, Levels older, Levels newer) {
        if (older.isEmpty() || newer.isEmpty()) {
            return older.isEmpty() ? newer : older;
        }
        Collector merged = new Collector(older.size() + newer.size());
        int o = 0;
        int n = 0;
        while (o < older.size() && n < newer.size()) {
            if (better(side, older.priceTicks(o), newer.priceTicks(n))) {
                merged.add(older.priceTicks(o), older.lots(o++));
            } else {
                if (older.priceTicks(o) == newer.priceTicks(n)) {
                    o++;
                }
                merged.add(newer.priceTicks(n), newer.lots(n++));
            }
        }
        for (; o < older.size(); o++) {
            merged.add(older.priceTicks(o), older.lots(o));
        }
        for (; n < newer.size(); n++) {
            merged.add(newer.priceTicks(n), newer.lots(n));
        }
        return merged.levels();
    }

    private static Levels between(Side side, Levels from, Levels to) {
        Collector changed = new Collector(from.size() + to.size());
        int f = 0;
        int t = 0;
        while (f < from.size() || t < to.size()) {
            if (t == to.size() || f < from.size() && better(side, from.priceTicks(f), to.priceTicks(t))) {
                changed.add(from.priceTicks(f++), 0);
            } else {
                boolean both = f < from.size() && from.priceTicks(f) == to.priceTicks(t);
                if (!both || from.lots(f) != to.lots(t)) {
                    changed.add(to.priceTicks(t), to.lots(t));
                }
                f += both ? 1 : 0;
                t++;
            }
        }
        return changed.levels();
    }

    private static final class Collector {
        private final long[] priceTicks;
        private final long[] lots;
        private int size;

        private Collector(int sizeMax) {
            priceTicks = new long[sizeMax];
            lots = new long[sizeMax];
        }

        private void add(long price, long newLots) {
            priceTicks[size] = price;
            lots[size++] = newLots;
        }

        private Levels levels() {
            return size == 0 ? Levels.NONE : new Levels(Arrays.copyOf(priceTicks, size), Arrays.copyOf(lots, size));
        }
    }
}
