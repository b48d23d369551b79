package dev.peal.e2e.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.server.PealServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Issue E: people trade on paper, and their orders are theirs alone to see. */
class TradingTest {
    private static final String BTC = "\"symbol\":\"BTC-USD\"";
    /** Agents may be quicker than two people who want to meet. */
    private static final int TRIES_MAX = 100;

    @TempDir
    private Path data;

    private PealServer server;

    @BeforeEach
    void start() {
        server = PealServer.builder()
                .set("server.port", "0")
                .set("server.data", data.toString())
                .set("auth.mode", "open")
                .set("rate.place", "unlimited")
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void twoUsersTradeWithEachOtherAndNobodyElseHearsOfIt() throws IOException {
        try (StreamClient ann = StreamClient.of(server, "ann");
                StreamClient annsOther = StreamClient.of(server, "ann");
                StreamClient bob = StreamClient.of(server, "bob");
                StreamClient cid = StreamClient.of(server, "cid")) {
            cid.ask("subscribe", BTC + ",\"channels\":[\"trades\"]");
            JsonNode offer = meet(ann, bob);
            long orderId = offer.path("orderId").asLong();
            JsonNode sold =
                    annsOther.await(message -> message.path("type").asString().equals("fill")
                            && message.path("orderId").asLong() == orderId);
            JsonNode bought = bob.heard("fill").getLast();
            assertThat(sold.path("tradeId")).isEqualTo(bought.path("tradeId"));
            assertThat(sold.path("role").asString() + bought.path("role").asString())
                    .isEqualTo("makertaker");
            assertThat(sold.path("side").asString() + bought.path("side").asString())
                    .isEqualTo("sellbuy");
            assertThat(sold.path("price")).isEqualTo(bought.path("price")).isEqualTo(offer.path("price"));
            JsonNode order =
                    annsOther.await(message -> message.path("type").asString().equals("order")
                            && message.path("orderId").asLong() == orderId
                            && message.path("status").asString().equals("filled"));
            assertThat(order.has("id")).isFalse();
            JsonNode trade = cid.await(message -> message.path("tradeId").equals(sold.path("tradeId")));
            assertThat(trade.path("type").asString()).isEqualTo("trade");
            assertThat(trade.toString()).doesNotContain("ann").doesNotContain("orderId");
            assertThat(cid.heard("fill")).isEmpty();
            assertThat(cid.heard("order")).isEmpty();
            assertThat(cid.heard("account")).isEmpty();
        }
    }

    /** Ann offers the least there is, as the best of all, until it is Bob who takes it; her offer. */
    private static JsonNode meet(StreamClient ann, StreamClient bob) throws IOException {
        ann.ask("place", BTC + ",\"side\":\"buy\",\"type\":\"market\",\"size\":\"0.0200\"");
        for (int i = 0; i < TRIES_MAX; i++) {
            JsonNode offer = offerBest(ann, "0.0001");
            String price = offer.path("price").decimalValue().toPlainString();
            bob.ask("place", BTC + ",\"side\":\"buy\",\"type\":\"ioc\",\"size\":\"0.0001\",\"price\":" + price);
            List<JsonNode> anns = ann.heard("fill");
            List<JsonNode> bobs = bob.heard("fill");
            if (!anns.isEmpty()
                    && !bobs.isEmpty()
                    && anns.getLast().path("tradeId").equals(bobs.getLast().path("tradeId"))) {
                return offer;
            }
        }
        throw new AssertionError("in " + TRIES_MAX + " tries two users did not meet");
    }

    /** An offer one tick above the best bid, which rests: nobody sells for less. */
    private static JsonNode offerBest(StreamClient client, String size) throws IOException {
        for (int i = 0; i < TRIES_MAX; i++) {
            client.ask("subscribe", BTC + ",\"channels\":[\"book\"]");
            JsonNode book = client.await("order_book");
            client.ask("unsubscribe", BTC);
            BigDecimal price = book.at("/book/bids/0/0").decimalValue().add(new BigDecimal("0.01"));
            JsonNode order = client.ask(
                    "place",
                    BTC + ",\"side\":\"sell\",\"type\":\"limit\",\"size\":\"" + size + "\",\"price\":" + price);
            if (order.path("status").asString().equals("open")) {
                return order;
            }
        }
        throw new AssertionError("in " + TRIES_MAX + " tries no offer rested");
    }

    @Test
    void nobodyTradesWithThemselves() throws IOException {
        try (StreamClient ann = StreamClient.of(server, "ann")) {
            ann.ask("place", BTC + ",\"side\":\"buy\",\"type\":\"market\",\"size\":\"0.0500\"");
            for (int i = 0; i < TRIES_MAX; i++) {
                JsonNode offer = offerBest(ann, "0.0001");
                String price = offer.path("price").decimalValue().toPlainString();
                JsonNode own =
                        ann.ask("place", BTC + ",\"side\":\"buy\",\"type\":\"limit\",\"size\":1,\"price\":" + price);
                if (own.path("reason").asString("").equals("self_trade")) {
                    assertThat(own.path("status").asString()).isEqualTo("cancelled");
                    assertThat(own.path("filled").decimalValue()).isEqualByComparingTo(BigDecimal.ZERO);
                    return;
                }
                ann.refused("cancel", "\"orderId\":" + own.path("orderId").asLong());
            }
            throw new AssertionError("in " + TRIES_MAX + " tries somebody else was quicker");
        }
    }

    @Test
    void anothersOrderIsAnsweredAsOneThatThereIsNot() throws IOException {
        try (StreamClient ann = StreamClient.of(server, "ann");
                StreamClient bob = StreamClient.of(server, "bob")) {
            JsonNode order = ann.ask(
                    "place",
                    BTC + ",\"side\":\"buy\",\"type\":\"limit\",\"size\":\"1\",\"price\":1,\"clientOrderId\":\"mine\"");
            assertThat(order.path("status").asString()).isEqualTo("open");
            JsonNode unknown = bob.ask("cancel", "\"orderId\":9007199254740991");
            JsonNode anns =
                    bob.ask("cancel", "\"orderId\":" + order.path("orderId").asLong());
            JsonNode byName = bob.ask("cancel", "\"clientOrderId\":\"mine\"");
            for (String field : List.of("type", "code", "message", "retry")) {
                assertThat(anns.path(field)).isEqualTo(unknown.path(field)).isEqualTo(byName.path(field));
            }
            assertThat(anns.propertyNames()).isEqualTo(unknown.propertyNames());
            assertThat(unknown.path("code").asString()).isEqualTo("unknown_order");
            JsonNode cancelled = ann.ask("cancel", "\"clientOrderId\":\"mine\"");
            assertThat(cancelled.path("reason").asString()).isEqualTo("requested");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "price_not_positive  | \"price\":-1,\"size\":1",
                "price_not_positive  | \"price\":0,\"size\":1",
                "price_off_tick      | \"price\":100.005,\"size\":1",
                "price_not_a_number  | \"price\":\"NaN\",\"size\":1",
                "price_too_large     | \"price\":1e300,\"size\":1",
                "size_not_positive   | \"price\":100,\"size\":-1",
                "size_not_positive   | \"price\":100,\"size\":0",
                "size_off_lot        | \"price\":100,\"size\":0.00005",
                "size_too_large      | \"price\":100,\"size\":1000.0001",
                "insufficient_funds  | \"price\":100000.01,\"size\":1"
            })
    void aWrongOrderIsRefusedByNameAndChangesNothing(String code, String fields) throws IOException {
        try (StreamClient ann = StreamClient.of(server, "ann")) {
            assertThat(ann.refused("place", BTC + ",\"side\":\"buy\",\"type\":\"limit\"," + fields))
                    .isEqualTo("error " + code);
            JsonNode account = ann.ask("account", "\"on\":true");
            assertThat(account.path("cash")).isEqualTo(account.path("start"));
            assertThat(account.path("orders")).isEmpty();
        }
    }

    @Test
    void whoHasNotSignedInReadsAndDoesNotTrade() throws IOException {
        try (StreamClient somebody = StreamClient.connect(server)) {
            String order = BTC + ",\"side\":\"buy\",\"type\":\"market\",\"size\":1";
            assertThat(somebody.refused("place", order)).isEqualTo("error unauthorized");
            assertThat(somebody.refused("cancel", "\"orderId\":1")).isEqualTo("error unauthorized");
            assertThat(somebody.refused("account", "\"on\":true")).isEqualTo("error unauthorized");
            somebody.ask("subscribe", BTC);
            somebody.await("trade");
        }
    }

    @Test
    void whatWasBoughtIsThereAfterAReconnectAndAnOrderThatIsRepeatedIsPlacedOnce() throws IOException {
        String order = BTC + ",\"side\":\"buy\",\"type\":\"market\",\"size\":\"0.0100\",\"clientOrderId\":\"once\"";
        JsonNode first;
        try (StreamClient ann = StreamClient.of(server, "ann")) {
            first = ann.ask("place", order);
            assertThat(first.path("status").asString()).isEqualTo("filled");
        }
        try (StreamClient ann = StreamClient.of(server, "ann")) {
            assertThat(ann.ask("place", order).path("orderId")).isEqualTo(first.path("orderId"));
            assertThat(ann.refused("place", order.replace("0.0100", "0.0200"))).isEqualTo("error duplicate_order");
            JsonNode account = ann.ask("account", "\"on\":true");
            assertThat(account.at("/positions/0/size").decimalValue()).isEqualByComparingTo("0.01");
            BigDecimal paid = account.path("start")
                    .decimalValue()
                    .subtract(account.path("cash").decimalValue());
            BigDecimal fills = account.path("fills")
                    .valueStream()
                    .map(fill -> fill.path("price")
                            .decimalValue()
                            .multiply(fill.path("size").decimalValue()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(paid).isEqualByComparingTo(fills);
            ann.ask("place", BTC + ",\"side\":\"sell\",\"type\":\"market\",\"size\":\"0.0100\"");
            JsonNode sold = ann.await(message -> message.path("type").asString().equals("account")
                    && message.at("/positions/0/size").decimalValue().signum() == 0);
            assertThat(sold.has("fills")).isFalse();
            assertThat(sold.path("equity").decimalValue())
                    .isEqualByComparingTo(sold.path("cash").decimalValue());
        }
    }
}
