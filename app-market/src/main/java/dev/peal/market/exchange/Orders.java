package dev.peal.market.exchange;

import dev.peal.market.book.Side;

/**
 * The resting orders: a pool of slots, each in four longs that lie side by side, so that an order costs one cache line. Slots are linked into the queues of their
 * levels; those that are free are linked too.
 */
final class Orders {
    /** No slot. */
    static final int NONE = -1;

    private static final int ID = 0;
    private static final int LOTS = 1;
    private static final int ACCOUNT_AND_LEVEL = 2;
    private static final int BEFORE_AND_BEHIND = 3;
    private static final int SHIFT = 2;
    private static final long LOW = 0xFFFF_FFFFL;

    private final long[] cells;
    private int free;

    Orders(int ordersMax) {
        cells = new long[ordersMax << SHIFT];
        free = NONE;
        for (int slot = ordersMax - 1; slot >= 0; slot--) {
            release(slot);
        }
    }

    boolean full() {
        return free == NONE;
    }

    /** A slot for an order that stands in no queue yet. The sides number their levels separately, so it remembers its side too. */
    int take(long orderId, int account, Side side, int level, long lots) {
        int slot = free;
        int at = slot << SHIFT;
        free = (int) cells[at + BEFORE_AND_BEHIND];
        cells[at + ID] = orderId;
        cells[at + LOTS] = lots;
        cells[at + ACCOUNT_AND_LEVEL] = (long) account << 32 | (long) level << 1 | (side == Side.BUY ? 0 : 1);
        return slot;
    }

    void release(int slot) {
        cells[(slot << SHIFT) + BEFORE_AND_BEHIND] = free & LOW;
        free = slot;
    }

    long id(int slot) {
        return cells[(slot << SHIFT) + ID];
    }

    long lots(int slot) {
        return cells[(slot << SHIFT) + LOTS];
    }

    void lots(int slot, long lots) {
        cells[(slot << SHIFT) + LOTS] = lots;
    }

    int account(int slot) {
        return (int) (cells[(slot << SHIFT) + ACCOUNT_AND_LEVEL] >> 32);
    }

    Side side(int slot) {
        return (cells[(slot << SHIFT) + ACCOUNT_AND_LEVEL] & 1) == 0 ? Side.BUY : Side.SELL;
    }

    int level(int slot) {
        return (int) cells[(slot << SHIFT) + ACCOUNT_AND_LEVEL] >>> 1;
    }

    /** The order in front of this one at its price. */
    int before(int slot) {
        return (int) (cells[(slot << SHIFT) + BEFORE_AND_BEHIND] >> 32);
    }

    /** The order behind this one at its price. */
    int behind(int slot) {
        return (int) cells[(slot << SHIFT) + BEFORE_AND_BEHIND];
    }

    void link(int slot, int before, int behind) {
        cells[(slot << SHIFT) + BEFORE_AND_BEHIND] = (long) before << 32 | behind & LOW;
    }

    void before(int slot, int before) {
        link(slot, before, behind(slot));
    }

    void behind(int slot, int behind) {
        link(slot, before(slot), behind);
    }
}
