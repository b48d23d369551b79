package dev.peal.market.book;

/** Who an order is for: a buyer (a bid in the book) or a seller (an ask). Of a trade it is the side that took, not the one that had been resting. */
public enum Side {
    BUY("buy"),
    SELL("sell");

    private final String wire;

    Side(String wire) {
        this.wire = wire;
    }

    /** The name on the wire. */
    public String wire() {
        return wire;
    }

    public Side opposite() {
        return this == BUY ? SELL : BUY;
    }
}
