package dev.peal.market.source;

import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.exchange.CancelReason;
import dev.peal.market.exchange.OrderType;

/**
 * What becomes of the orders of people (accounts from {@link ExchangeSource#FIRST_ACCOUNT}), in order, on the exchange's owner, during the call or step that causes it.
 * Never calls the exchange back, never throws. For the account's eyes only.
 */
public interface TraderListener {
    /** An order was taken. The price of a market order is 0. */
    void accepted(Symbol symbol, long orderId, int account, Side side, OrderType type, long priceTicks, long lots);

    /** An order traded. */
    void filled(Fill fill);

    /** What is left of an order rests in the book. */
    void rested(Symbol symbol, long orderId, int account, long lots);

    /** What was left of an order was given up. */
    void cancelled(Symbol symbol, long orderId, int account, long lots, CancelReason reason);
}
