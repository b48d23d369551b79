package dev.peal.market.book;

import java.util.Arrays;

/**
 * One side of a book: sizes by price, sorted, in two arrays. Belongs to one thread.
 *
 * <p>The best level stands at the end of the arrays. Nearly all changes happen near it, so that an insertion moves a few longs; a tree of as many levels would follow
 * more pointers to get there, and allocate.
 */
final class PriceLevels {
    private static final int INITIAL_LEVELS = 64;

    /** Makes keys of prices: the better the price, the larger its key. */
    private final long sign;

    private long[] keys = new long[INITIAL_LEVELS];
    private long[] lots = new long[INITIAL_LEVELS];
    private int size;

    PriceLevels(Side side) {
        sign = side == Side.BUY ? 1 : -1;
    }

    int size() {
        return size;
    }

    /** The price of the level with this rank; rank 0 is the best. */
    long priceTicks(int rank) {
        return sign * keys[size - 1 - rank];
    }

    long lots(int rank) {
        return lots[size - 1 - rank];
    }

    /** The size at a price; 0 where there is no level. */
    long lotsAt(long priceTicks) {
        int at = Arrays.binarySearch(keys, 0, size, sign * priceTicks);
        return at < 0 ? 0 : lots[at];
    }

    /** Sets the size at a price, also to 0: the level is there either way. */
    void put(long priceTicks, long newLots) {
        long key = sign * priceTicks;
        int at = Arrays.binarySearch(keys, 0, size, key);
        if (at >= 0) {
            lots[at] = newLots;
        } else {
            insert(-at - 1, key, newLots);
        }
    }

    /** Sets the size at a price; 0 removes the level. */
    void set(long priceTicks, long newLots) {
        if (newLots != 0) {
            put(priceTicks, newLots);
            return;
        }
        int at = Arrays.binarySearch(keys, 0, size, sign * priceTicks);
        if (at >= 0) {
            size--;
            System.arraycopy(keys, at + 1, keys, at, size - at);
            System.arraycopy(lots, at + 1, lots, at, size - at);
        }
    }

    void clear() {
        size = 0;
    }

    /** The best {@code depth} levels. */
    Levels top(int depth) {
        int count = Math.min(depth, size);
        long[] prices = new long[count];
        long[] sizes = new long[count];
        for (int i = 0; i < count; i++) {
            prices[i] = priceTicks(i);
            sizes[i] = lots(i);
        }
        return new Levels(prices, sizes);
    }

    private void insert(int at, long key, long newLots) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            lots = Arrays.copyOf(lots, size * 2);
        }
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(lots, at, lots, at + 1, size - at);
        keys[at] = key;
        lots[at] = newLots;
        size++;
    }
}
