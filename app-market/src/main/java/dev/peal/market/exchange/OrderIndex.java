package dev.peal.market.exchange;

/**
 * Where an order is, by its id: a hash table of primitives with linear probing, at most half full.
 *
 * <p>Removing moves the entries behind back into the gap (Knuth, The Art of Computer Programming 6.4, algorithm R), so that there are no tombstones and a table does
 * not age.
 */
final class OrderIndex {
    static final int ABSENT = -1;

    /** No order has this id. */
    private static final long FREE = 0;

    /** 2^64 divided by the golden ratio: ids that follow each other land far apart (ibid., 6.4). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final long[] ids;
    private final int[] slots;
    private final int mask;
    private final int shift;

    OrderIndex(int entriesMax) {
        int capacity = Integer.highestOneBit(Math.max(2, entriesMax) - 1) << 2;
        ids = new long[capacity];
        slots = new int[capacity];
        mask = capacity - 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    }

    void put(long id, int slot) {
        int at = home(id);
        while (ids[at] != FREE && ids[at] != id) {
            at = at + 1 & mask;
        }
        ids[at] = id;
        slots[at] = slot;
    }

    /** The slot, or {@link #ABSENT}. */
    int get(long id) {
        for (int at = home(id); ids[at] != FREE; at = at + 1 & mask) {
            if (ids[at] == id) {
                return slots[at];
            }
        }
        return ABSENT;
    }

    void remove(long id) {
        int gap = home(id);
        while (ids[gap] != id) {
            if (ids[gap] == FREE) {
                return;
            }
            gap = gap + 1 & mask;
        }
        for (int at = gap + 1 & mask; ids[at] != FREE; at = at + 1 & mask) {
            // An entry may move to the gap unless its home lies between the gap and where it is.
            if ((at - home(ids[at]) & mask) >= (at - gap & mask)) {
                ids[gap] = ids[at];
                slots[gap] = slots[at];
                gap = at;
            }
        }
        ids[gap] = FREE;
    }

    private int home(long id) {
        return (int) (id * SPREAD >>> shift);
    }
}
