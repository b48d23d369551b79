package dev.peal.market.wire;

import dev.peal.market.book.Side;
import dev.peal.market.candle.CandleInterval;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a client asks for on {@code /stream}. Symbols are names as they were sent: whether there is one is not known here. Prices and sizes are texts of JSON numbers. */
public sealed interface MarketAction {
    /**
     * Follow a symbol.
     *
     * @param depth 10 or 50 levels; 0: all
     * @param deltas whether changes of the book are wanted in place of whole books
     * @param updatesPerSecond the most that the client wants of each key
     */
    record Subscribe(String symbol, Set<Channel> channels, int depth, boolean deltas, OptionalInt updatesPerSecond)
            implements MarketAction {
        public Subscribe {
            channels = Set.copyOf(channels);
        }
    }

    record Unsubscribe(String symbol) implements MarketAction {}

    /** Send the whole book again. */
    record Snapshot(String symbol) implements MarketAction {}

    record FollowCandles(String symbol, CandleInterval interval, boolean on) implements MarketAction {}

    record FollowTicker(String symbol, boolean on) implements MarketAction {}

    /**
     * Place an order.
     *
     * @param price absent of a market order
     * @param clientOrderId the client's own name for it, by which it can be cancelled and is placed once
     */
    record Place(
            String symbol,
            Side side,
            PlaceType type,
            Optional<String> price,
            String size,
            Optional<String> clientOrderId)
            implements MarketAction {}

    /** Cancel an order by exactly one of its names. */
    record Cancel(Optional<Long> orderId, Optional<String> clientOrderId) implements MarketAction {}

    record FollowAccount(boolean on) implements MarketAction {}

    /** Show an API key. */
    record Authorize(String key) implements MarketAction {
        /** Never shows the key. */
        @Override
        public String toString() {
            return "Authorize[]";
        }
    }

    /** Take a batch: the message itself, which is not read yet. */
    record Ingest(JsonNode message) implements MarketAction {}

    /** Types of orders, by their names on the wire. */
    enum PlaceType {
        LIMIT("limit"),
        MARKET("market"),
        IMMEDIATE_OR_CANCEL("ioc");

        private final String wire;

        PlaceType(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }
}
