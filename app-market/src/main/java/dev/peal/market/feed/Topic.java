package dev.peal.market.feed;

/** What of a symbol changes by itself. */
enum Topic {
    /** Prices, trades and the book. */
    MARKET,
    CANDLES,
    TICKER
}
