package dev.peal.market.exchange;

/** What became of an order right away: four outcomes of one that was taken, then the refusals, which changed nothing. */
public enum Placement {
    /** All of it traded. */
    FILLED,
    /** What did not trade is in the book. */
    RESTING,
    /** What did not trade was given up: nobody was left at its price, or at any. */
    EXPIRED,
    /** What did not trade was given up, because next it would have traded with an order of its own account. */
    SELF_TRADE,
    SIZE_NOT_POSITIVE,
    SIZE_OVER_LIMIT,
    PRICE_NOT_POSITIVE,
    PRICE_OVER_LIMIT,
    /** The book holds as many orders or price levels as it may. */
    BOOK_FULL;

    /** Whether the order was taken. */
    public boolean accepted() {
        return ordinal() <= SELF_TRADE.ordinal();
    }
}
