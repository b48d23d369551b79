package dev.peal.market.exchange;

/** What became of a request to cancel. */
public enum Cancellation {
    CANCELLED,
    /** No such order is in the book: it never was, or it traded, or was cancelled before. */
    UNKNOWN_ORDER,
    /** Another account's; the order stays. Whoever asked should be told no more than of an unknown one. */
    NOT_YOURS
}
