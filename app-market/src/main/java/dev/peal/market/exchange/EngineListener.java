package dev.peal.market.exchange;

import dev.peal.market.book.Side;

/**
 * What happens in an engine, in order, during the call that causes it. Never calls the engine back, never throws.
 *
 * <p>Of one order: {@link #accepted}; then for each price at which it trades its {@link #traded}, oldest resting order first, and one {@link #levelChanged};
 * at last {@link #rested} and the {@link #levelChanged} of its own price, or {@link #cancelled}, or neither where all of it traded. So the book that the levels make
 * is never crossed, after any of them.
 */
public interface EngineListener {
    /** An order was taken. The price of a market order is 0. */
    void accepted(long orderId, int account, Side side, OrderType type, long priceTicks, long lots);

    /** Two orders traded; {@code match} is the engine's own and counts during this call only. */
    void traded(Match match);

    /** An order is now in the book, behind all others at its price. */
    void rested(long orderId, int account, Side side, long priceTicks, long lots);

    /** {@code lots} of an order, all that had not traded, were given up. */
    void cancelled(long orderId, int account, long lots, CancelReason reason);

    /** The size of all orders at a price is now this; 0: the level is gone. */
    void levelChanged(Side side, long priceTicks, long lots);
}
