package dev.peal.market.exchange;

import dev.peal.market.book.Side;

/**
 * The resting orders of one side: prices, sorted, and at each a queue of orders, the oldest first.
 *
 * <p>Prices stand in an array with the best at its end, so that what happens near the best price, which is nearly all, moves little. An order knows its level by a
 * number that does not change while the level lives; where the level stands in the array is found by its price.
 */
final class BookSide {
    /** No level. */
    static final int NONE = -1;

    private final Side side;
    private final Orders orders;
    /** Makes keys of prices: the better the price, the larger its key. */
    private final long sign;

    private final long[] keys;
    private final int[] levels;
    private int size;

    private final long[] prices;
    private final long[] lots;
    private final int[] oldest;
    private final int[] newest;
    private final int[] free;
    private int freeSize;

    BookSide(Side side, Orders orders, int levelsMax) {
        this.side = side;
        this.orders = orders;
        sign = side == Side.BUY ? 1 : -1;
        keys = new long[levelsMax];
        levels = new int[levelsMax];
        prices = new long[levelsMax];
        lots = new long[levelsMax];
        oldest = new int[levelsMax];
        newest = new int[levelsMax];
        free = new int[levelsMax];
        while (freeSize < levelsMax) {
            free[freeSize] = levelsMax - 1 - freeSize++;
        }
    }

    Side side() {
        return side;
    }

    int size() {
        return size;
    }

    /** The level with the best price, or {@link #NONE}. */
    int best() {
        return size == 0 ? NONE : levels[size - 1];
    }

    /** The level with this rank; rank 0 is the best. */
    int level(int rank) {
        return levels[size - 1 - rank];
    }

    long priceTicks(int level) {
        return prices[level];
    }

    /** The size of all orders of a level. */
    long lots(int level) {
        return lots[level];
    }

    /** The oldest order of a level. A level has one. */
    int oldest(int level) {
        return oldest[level];
    }

    /** Whether someone who would trade at {@code limitTicks} on the other side would trade at this level's price. */
    boolean reaches(int level, long limitTicks) {
        return sign * prices[level] >= sign * limitTicks;
    }

    /** Whether an order at this price finds no place for its level. */
    boolean full(long priceTicks) {
        return size == keys.length && at(sign * priceTicks) < 0;
    }

    /** Puts a new order behind the others at its price; returns its slot. There must be room. */
    int add(long orderId, int account, long priceTicks, long newLots) {
        int level = levelAt(priceTicks);
        int slot = orders.take(orderId, account, side, level, newLots);
        int last = newest[level];
        orders.link(slot, last, Orders.NONE);
        if (last == Orders.NONE) {
            oldest[level] = slot;
        } else {
            orders.behind(last, slot);
        }
        newest[level] = slot;
        lots[level] += newLots;
        return slot;
    }

    /** Takes lots from an order that keeps some. */
    void reduce(int level, int slot, long by) {
        orders.lots(slot, orders.lots(slot) - by);
        lots[level] -= by;
    }

    /** Takes an order out, with the lots that it still has. A level that is empty then stays until {@link #forget}. */
    void remove(int level, int slot) {
        int before = orders.before(slot);
        int behind = orders.behind(slot);
        if (before == Orders.NONE) {
            oldest[level] = behind;
        } else {
            orders.behind(before, behind);
        }
        if (behind == Orders.NONE) {
            newest[level] = before;
        } else {
            orders.before(behind, before);
        }
        lots[level] -= orders.lots(slot);
        orders.release(slot);
    }

    /** Forgets a level that has no orders left. */
    void forget(int level) {
        int at = at(sign * prices[level]);
        size--;
        System.arraycopy(keys, at + 1, keys, at, size - at);
        System.arraycopy(levels, at + 1, levels, at, size - at);
        free[freeSize++] = level;
    }

    private int levelAt(long priceTicks) {
        long key = sign * priceTicks;
        int at = at(key);
        if (at >= 0) {
            return levels[at];
        }
        at = -at - 1;
        int level = free[--freeSize];
        prices[level] = priceTicks;
        lots[level] = 0;
        oldest[level] = Orders.NONE;
        newest[level] = Orders.NONE;
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(levels, at, levels, at + 1, size - at);
        keys[at] = key;
        levels[at] = level;
        size++;
        return level;
    }

    /** As {@link java.util.Arrays#binarySearch}, but from the end in strides that double: most prices are near the best. */
    private int at(long key) {
        int high = size;
        int stride = 1;
        int low = size - 1;
        while (low >= 0 && keys[low] > key) {
            high = low;
            low -= stride;
            stride <<= 1;
        }
        low = Math.max(low, 0);
        while (low < high) {
            int middle = low + high >>> 1;
            if (keys[middle] < key) {
                low = middle + 1;
            } else if (keys[middle] > key) {
                high = middle;
            } else {
                return middle;
            }
        }
        return -low - 1;
    }
}
