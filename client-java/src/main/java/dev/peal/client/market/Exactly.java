package dev.peal.client.market;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** The numbers of a message as the decimals that were meant. */
record Exactly(Steps steps, JsonNode message) {
    BigDecimal price(String field) {
        return steps.tick().decimal(steps.tick().count(message.path(field)));
    }

    BigDecimal size(String field) {
        return steps.lot().decimal(steps.lot().count(message.path(field)));
    }

    Trade trade() {
        return Trade.of(
                steps,
                message.path("tradeId").asLong(0),
                Side.of(message.path("side").stringValue("")),
                steps.tick().count(message.path("price")),
                steps.lot().count(message.path("size")),
                message.path("timestamp").asLong(0));
    }

    Candle candle() {
        return new Candle(
                message.path("start").asLong(0),
                price("open"),
                price("high"),
                price("low"),
                price("close"),
                size("volume"),
                message.path("trades").asLong(0),
                message.path("closed").asBoolean(false));
    }

    BookMessage book() {
        boolean whole = message.path("type").stringValue("").equals("order_book");
        JsonNode levels = whole ? message.path("book") : message;
        return new BookMessage(
                whole,
                message.path("previous").asLong(0),
                message.path("sequence").asLong(0),
                message.path("checksum").asLong(0),
                message.path("depth").asInt(BookMessage.UNSAID),
                levels(levels.path("bids")),
                levels(levels.path("asks")),
                message.path("timestamp").asLong(0));
    }

    private long[] levels(JsonNode side) {
        long[] levels = new long[2 * side.size()];
        for (int i = 0; i < side.size(); i++) {
            levels[2 * i] = steps.tick().count(side.path(i).path(0));
            levels[2 * i + 1] = steps.lot().count(side.path(i).path(1));
        }
        return levels;
    }
}
