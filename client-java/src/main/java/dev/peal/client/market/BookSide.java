package dev.peal.client.market;

import java.util.Arrays;

/** The levels of one side, the best first. Not thread-safe. */
final class BookSide {
    private static final int INITIAL_LEVELS = 64;

    /** 1 where the best is the lowest. */
    private final int sign;

    private long[] ticks = new long[INITIAL_LEVELS];
    private long[] lots = new long[INITIAL_LEVELS];
    private int size;

    private BookSide(int sign) {
        this.sign = sign;
    }

    static BookSide bids() {
        return new BookSide(-1);
    }

    static BookSide asks() {
        return new BookSide(1);
    }

    int size() {
        return size;
    }

    long ticks(int rank) {
        return ticks[rank];
    }

    long lots(int rank) {
        return lots[rank];
    }

    /** A size of 0 takes the level away. */
    void put(long price, long newLots) {
        int at = rankOf(price);
        boolean known = at < size && ticks[at] == price;
        if (newLots > 0) {
            if (!known) {
                open(at);
            }
            ticks[at] = price;
            lots[at] = newLots;
        } else if (known) {
            size--;
            System.arraycopy(ticks, at + 1, ticks, at, size - at);
            System.arraycopy(lots, at + 1, lots, at, size - at);
        }
    }

    /** Pairs of ticks and lots. */
    void putAll(long[] levels) {
        for (int i = 0; i + 1 < levels.length; i += 2) {
            put(levels[i], levels[i + 1]);
        }
    }

    /** @param depth 0: all stay */
    void cut(int depth) {
        if (depth > 0) {
            size = Math.min(size, depth);
        }
    }

    void clear() {
        size = 0;
    }

    private int rankOf(long price) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((ticks[middle] - price) * sign < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void open(int at) {
        if (size == ticks.length) {
            ticks = Arrays.copyOf(ticks, 2 * size);
            lots = Arrays.copyOf(lots, 2 * size);
        }
        System.arraycopy(ticks, at, ticks, at + 1, size - at);
        System.arraycopy(lots, at, lots, at + 1, size - at);
        size++;
    }
}
