package dev.peal.market.book;

/** The sizes at all prices of one symbol. Belongs to one thread. */
public final class OrderBook {
    private final PriceLevels bids = new PriceLevels(Side.BUY);
    private final PriceLevels asks = new PriceLevels(Side.SELL);

    /** Sets the size at a price; 0 removes the level. */
    public void set(Side side, long priceTicks, long lots) {
        levels(side).set(priceTicks, lots);
    }

    public void apply(BookDelta delta) {
        apply(bids, delta.bids());
        apply(asks, delta.asks());
    }

    /** Forgets what is in it and takes a whole book. */
    public void replace(BookSnapshot whole) {
        bids.clear();
        asks.clear();
        // The best level last: each then goes to the end of the arrays.
        append(bids, whole.bids());
        append(asks, whole.asks());
    }

    /** How many levels a side has. */
    public int size(Side side) {
        return levels(side).size();
    }

    /** The price of the level with this rank, in ticks; rank 0 is the best. */
    public long priceTicks(Side side, int rank) {
        return levels(side).priceTicks(rank);
    }

    /** The size of the level with this rank, in lots. */
    public long lots(Side side, int rank) {
        return levels(side).lots(rank);
    }

    /** The size at a price; 0 where there is no level. */
    public long lotsAt(Side side, long priceTicks) {
        return levels(side).lotsAt(priceTicks);
    }

    /** Whether a bid is at or above an ask: no exchange's book ever is. */
    public boolean crossed() {
        return bids.size() > 0 && asks.size() > 0 && bids.priceTicks(0) >= asks.priceTicks(0);
    }

    /** Whether it would be crossed after this delta; changes nothing. */
    public boolean crossedAfter(BookDelta delta) {
        long bid = bestAfter(Side.BUY, delta.bids(), Long.MIN_VALUE);
        long ask = bestAfter(Side.SELL, delta.asks(), Long.MAX_VALUE);
        return bid >= ask;
    }

    /** How many levels a side would have after this delta; changes nothing. */
    public int sizeAfter(Side side, BookDelta delta) {
        PriceLevels levels = levels(side);
        Levels changes = delta.levels(side);
        int size = levels.size();
        for (int i = 0; i < changes.size(); i++) {
            boolean there = levels.lotsAt(changes.priceTicks(i)) != 0;
            boolean stays = changes.lots(i) != 0;
            size += (stays ? 1 : 0) - (there ? 1 : 0);
        }
        return size;
    }

    /** The best {@code depth} levels of both sides. */
    public BookSnapshot top(int depth) {
        return new BookSnapshot(bids.top(depth), asks.top(depth));
    }

    /** All of it. */
    public BookSnapshot snapshot() {
        return top(Integer.MAX_VALUE);
    }

    private PriceLevels levels(Side side) {
        return side == Side.BUY ? bids : asks;
    }

    private static void apply(PriceLevels levels, Levels changes) {
        for (int i = 0; i < changes.size(); i++) {
            levels.set(changes.priceTicks(i), changes.lots(i));
        }
    }

    private static void append(PriceLevels levels, Levels whole) {
        for (int i = whole.size() - 1; i >= 0; i--) {
            levels.set(whole.priceTicks(i), whole.lots(i));
        }
    }

    /** The best price among what a delta leaves and what it brings; both are sorted, so that it ends at the first that stays. */
    private long bestAfter(Side side, Levels changes, long none) {
        PriceLevels levels = levels(side);
        int change = 0;
        for (int rank = 0; rank < levels.size(); rank++) {
            long price = levels.priceTicks(rank);
            while (change < changes.size() && BookDelta.better(side, changes.priceTicks(change), price)) {
                if (changes.lots(change) != 0) {
                    return changes.priceTicks(change);
                }
                change++;
            }
            boolean changed = change < changes.size() && changes.priceTicks(change) == price;
            if (!changed || changes.lots(change) != 0) {
                return price;
            }
            change++;
        }
        for (; change < changes.size(); change++) {
            if (changes.lots(change) != 0) {
                return changes.priceTicks(change);
            }
        }
        return none;
    }
}
