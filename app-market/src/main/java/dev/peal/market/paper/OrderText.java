package dev.peal.market.paper;

import dev.peal.market.book.Quantity;
import dev.peal.market.book.Symbol;
import dev.peal.market.exchange.EngineLimits;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.wire.MarketAction;
import java.util.Optional;

/** What the texts of an order come to in its symbol's steps. */
sealed interface OrderText {
    /** @param priceTicks 0 of a market order */
    record Steps(OrderType type, long priceTicks, long lots) implements OrderText {}

    record Wrong(PaperFault fault) implements OrderText {}

    static OrderText read(Symbol symbol, MarketAction.Place order, EngineLimits limits) {
        long price = 0;
        if (order.price().isPresent()) {
            Quantity quantity = symbol.tick().count(order.price().get());
            Optional<PaperFault> wrong = wrongPrice(quantity, limits.priceTicksMax());
            if (wrong.isPresent()) {
                return new Wrong(wrong.get());
            }
            price = count(quantity);
        }
        Quantity size = symbol.lot().count(order.size());
        Optional<PaperFault> wrong = wrongSize(size, limits.lotsMax());
        return wrong.isPresent() ? new Wrong(wrong.get()) : new Steps(type(order.type()), price, count(size));
    }

    private static Optional<PaperFault> wrongPrice(Quantity price, long max) {
        return switch (price) {
            case Quantity.Exact(long count) when count == 0 -> Optional.of(PaperFault.PRICE_NOT_POSITIVE);
            case Quantity.Exact(long count) -> count > max ? Optional.of(PaperFault.PRICE_TOO_LARGE) : Optional.empty();
            case Quantity.Refused(Quantity.Fault fault) ->
                Optional.of(
                        switch (fault) {
                            case NOT_A_NUMBER -> PaperFault.PRICE_NOT_A_NUMBER;
                            case NEGATIVE -> PaperFault.PRICE_NOT_POSITIVE;
                            case TOO_LARGE -> PaperFault.PRICE_TOO_LARGE;
                            case OFF_STEP -> PaperFault.PRICE_OFF_TICK;
                        });
        };
    }

    private static Optional<PaperFault> wrongSize(Quantity size, long max) {
        return switch (size) {
            case Quantity.Exact(long count) when count == 0 -> Optional.of(PaperFault.SIZE_NOT_POSITIVE);
            case Quantity.Exact(long count) -> count > max ? Optional.of(PaperFault.SIZE_TOO_LARGE) : Optional.empty();
            case Quantity.Refused(Quantity.Fault fault) ->
                Optional.of(
                        switch (fault) {
                            case NOT_A_NUMBER -> PaperFault.SIZE_NOT_A_NUMBER;
                            case NEGATIVE -> PaperFault.SIZE_NOT_POSITIVE;
                            case TOO_LARGE -> PaperFault.SIZE_TOO_LARGE;
                            case OFF_STEP -> PaperFault.SIZE_OFF_LOT;
                        });
        };
    }

    private static long count(Quantity quantity) {
        return quantity instanceof Quantity.Exact exact ? exact.count() : 0;
    }

    private static OrderType type(MarketAction.PlaceType type) {
        return switch (type) {
            case LIMIT -> OrderType.LIMIT;
            case MARKET -> OrderType.MARKET;
            case IMMEDIATE_OR_CANCEL -> OrderType.IMMEDIATE_OR_CANCEL;
        };
    }
}
