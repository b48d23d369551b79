package dev.peal.market.paper;

import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.exchange.CancelReason;
import dev.peal.market.exchange.OrderType;
import java.util.Optional;

/**
 * A person's order at one moment. Immutable.
 *
 * @param orderId that of one order of the whole exchange
 * @param clientOrderId the user's own name for it
 * @param priceTicks 0 of a market order
 * @param lots what was ordered
 * @param filledLots what of it traded
 * @param cancelled why the rest was given up, where it was
 * @param timeNanos of what happened to it last
 */
public record PaperOrder(
        Symbol symbol,
        long orderId,
        Optional<String> clientOrderId,
        Side side,
        OrderType type,
        long priceTicks,
        long lots,
        long filledLots,
        Optional<CancelReason> cancelled,
        long timeNanos) {

    /** Whether it may still trade. */
    public boolean open() {
        return cancelled.isEmpty() && filledLots < lots;
    }

    /** What has not traded. */
    public long lotsLeft() {
        return lots - filledLots;
    }

    PaperOrder filled(long moreLots, long atNanos) {
        return new PaperOrder(
                symbol,
                orderId,
                clientOrderId,
                side,
                type,
                priceTicks,
                lots,
                filledLots + moreLots,
                cancelled,
                atNanos);
    }

    PaperOrder cancelled(CancelReason reason, long atNanos) {
        return new PaperOrder(
                symbol, orderId, clientOrderId, side, type, priceTicks, lots, filledLots, Optional.of(reason), atNanos);
    }

    /** Whether it says what another one does, whatever became of them. */
    boolean sameAs(Symbol otherSymbol, Side otherSide, OrderType otherType, long otherPriceTicks, long otherLots) {
        return symbol.equals(otherSymbol)
                && side == otherSide
                && type == otherType
                && priceTicks == otherPriceTicks
                && lots == otherLots;
    }
}
