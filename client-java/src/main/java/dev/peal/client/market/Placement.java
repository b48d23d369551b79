package dev.peal.client.market;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * An order to place.
 *
 * @param type {@code limit}, {@code market} or {@code ioc}
 * @param price a whole number of ticks; empty of a market order
 * @param size a whole number of lots
 * @param clientOrderId one's own name for it, 1 to 64 characters: the same order under the same name is placed once, however often it is sent; empty: one is made
 */
public record Placement(
        String symbol,
        Side side,
        String type,
        Optional<BigDecimal> price,
        BigDecimal size,
        Optional<String> clientOrderId) {
    public static Placement limit(String symbol, Side side, String price, String size) {
        return new Placement(
                symbol, side, "limit", Optional.of(new BigDecimal(price)), new BigDecimal(size), Optional.empty());
    }

    public static Placement market(String symbol, Side side, String size) {
        return new Placement(symbol, side, "market", Optional.empty(), new BigDecimal(size), Optional.empty());
    }
}
