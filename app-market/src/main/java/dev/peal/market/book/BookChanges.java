package dev.peal.market.book;

/** Changes of levels as they gather, the newest size of each: the mutable form of a {@link BookDelta}. Belongs to one thread. */
public final class BookChanges {
    private final PriceLevels bids = new PriceLevels(Side.BUY);
    private final PriceLevels asks = new PriceLevels(Side.SELL);

    /** Notes the new size of a level; 0 where it is gone. */
    public void put(Side side, long priceTicks, long lots) {
        (side == Side.BUY ? bids : asks).put(priceTicks, lots);
    }

    public boolean isEmpty() {
        return bids.size() == 0 && asks.size() == 0;
    }

    /** What has gathered since the last call. */
    public BookDelta take() {
        BookDelta delta = new BookDelta(bids.top(bids.size()), asks.top(asks.size()));
        bids.clear();
        asks.clear();
        return delta;
    }
}
