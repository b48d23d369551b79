package dev.peal.market.exchange;

/** Why the rest of an order was given up. */
public enum CancelReason {
    /** Its account asked. */
    REQUESTED,
    /** A market or immediate-or-cancel order found nobody more to trade with. */
    EXPIRED,
    /** It would have traded with an order of its own account; the newer order goes. */
    SELF_TRADE
}
