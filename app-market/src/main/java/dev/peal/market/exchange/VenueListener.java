package dev.peal.market.exchange;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.Side;
import dev.peal.market.book.Trade;

/** What happens at a {@link Venue}, in order, during the call that causes it. Never calls the venue back, never throws. What names an account is for its owner's eyes only. */
public interface VenueListener {
    /** Levels changed, all at once: between two calls the book is as it was. Public. */
    void bookChanged(Venue venue, BookDelta delta, long timeNanos);

    /** A trade, public; {@code match} says whose it was, is not public, and counts during this call only. */
    void traded(Venue venue, Trade trade, Match match);

    /** An order was taken. The price of a market order is 0. */
    void accepted(Venue venue, long orderId, int account, Side side, OrderType type, long priceTicks, long lots);

    /** What is left of an order is in the book now. */
    void rested(Venue venue, long orderId, int account, long lots);

    /** What was left of an order was given up. */
    void cancelled(Venue venue, long orderId, int account, long lots, CancelReason reason);
}
