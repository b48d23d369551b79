package dev.peal.market.exchange;

import dev.peal.market.book.Side;

/** A trade between two orders. One object that is filled anew for each: it counts during {@link EngineListener#traded} only. */
public final class Match {
    long makerOrderId;
    long takerOrderId;
    int makerAccount;
    int takerAccount;
    Side takerSide = Side.BUY;
    long priceTicks;
    long lots;
    long makerLotsLeft;
    long takerLotsLeft;

    Match() {}

    /** The order that had been resting. */
    public long makerOrderId() {
        return makerOrderId;
    }

    /** The order that came. */
    public long takerOrderId() {
        return takerOrderId;
    }

    public int makerAccount() {
        return makerAccount;
    }

    public int takerAccount() {
        return takerAccount;
    }

    public Side takerSide() {
        return takerSide;
    }

    /** The resting order's price. */
    public long priceTicks() {
        return priceTicks;
    }

    public long lots() {
        return lots;
    }

    /** What is left of the resting order; 0: it is gone. */
    public long makerLotsLeft() {
        return makerLotsLeft;
    }

    /** What is left of the order that came, so far. */
    public long takerLotsLeft() {
        return takerLotsLeft;
    }

    /** The account that bought. */
    public int buyer() {
        return takerSide == Side.BUY ? takerAccount : makerAccount;
    }

    /** The account that sold. */
    public int seller() {
        return takerSide == Side.BUY ? makerAccount : takerAccount;
    }
}
