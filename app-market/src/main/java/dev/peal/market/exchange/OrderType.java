package dev.peal.market.exchange;

/** What becomes of the part of an order that finds nobody to trade with. */
public enum OrderType {
    /** It rests in the book at its price. */
    LIMIT,
    /** It is given up; and it trades at any price. */
    MARKET,
    /** It is given up; it trades at its price or a better one. */
    IMMEDIATE_OR_CANCEL
}
