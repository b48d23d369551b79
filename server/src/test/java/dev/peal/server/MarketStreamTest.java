package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The market through the port of a whole server, as PROTOCOL 1.3 says it to clients that know nothing else. */
final class MarketStreamTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private PealServer server;

    @BeforeEach
    void start() {
        server = builder().start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private PealServer.Builder builder() {
        return PealServer.builder()
                .set("server.port", "0")
                .set("server.transport", "nio")
                .set("server.data", folder.resolve("data").toString());
    }

    private WsClient connect(String path) {
        return WsClient.connect(URI.create("ws://localhost:" + server.port() + path));
    }

    @Test
    void whoSubscribesWithoutSigningInHasPriceTradeAndBookAtOnceAndThenLive() {
        try (WsClient client = connect("/stream")) {
            client.send("{\"action\":\"subscribe\",\"symbol\":\"BTC-USD\"}");
            JsonNode price = client.await("price_update");
            assertThat(price.path("symbol").asString()).isEqualTo("BTC-USD");
            assertThat(price.path("price").isNumber()).isTrue();
            JsonNode trade = client.await("trade");
            assertThat(trade.path("price").isNumber() && trade.path("size").isNumber())
                    .isTrue();
            assertThat(trade.path("side").asString()).isIn("buy", "sell");
            assertThat(trade.path("timestamp").isIntegralNumber()).isTrue();
            JsonNode book = client.await("order_book");
            for (String side : new String[] {"bids", "asks"}) {
                assertThat(book.path("book").path(side)).hasSize(10);
            }
            assertThat(client.await("trade").path("sequence").asLong())
                    .isEqualTo(trade.path("sequence").asLong() + 1);
            assertThat(client.await("order_book").path("sequence").asLong())
                    .isGreaterThan(book.path("sequence").asLong());
        }
    }

    @Test
    void everySymbolIsListedAndTrades() throws IOException, InterruptedException {
        HttpResponse<String> symbols = HTTP.send(
                HttpRequest.newBuilder(server.uri().resolve("/api/symbols")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(symbols.body())
                .isEqualTo("[{\"symbol\":\"BTC-USD\",\"id\":1,\"tick\":\"0.01\",\"lot\":\"0.0001\"},"
                        + "{\"symbol\":\"ETH-USD\",\"id\":2,\"tick\":\"0.01\",\"lot\":\"0.001\"},"
                        + "{\"symbol\":\"SOL-USD\",\"id\":3,\"tick\":\"0.001\",\"lot\":\"0.01\"}]");
        HttpRequest wrongToken = HttpRequest.newBuilder(server.uri().resolve("/api/symbols"))
                .header("Authorization", "Bearer wrong")
                .build();
        assertThat(HTTP.send(wrongToken, HttpResponse.BodyHandlers.ofString()).statusCode())
                .as("a token that is sent must be good")
                .isEqualTo(401);
        for (String symbol : new String[] {"BTC-USD", "ETH-USD", "SOL-USD"}) {
            try (WsClient client = connect("/stream")) {
                client.send("{\"action\":\"subscribe\",\"symbol\":\"" + symbol + "\",\"channels\":[\"trades\"]}");
                client.await("trade");
                client.await("trade");
            }
        }
    }

    @Test
    void anUnknownSymbolIsNamed() {
        try (WsClient client = connect("/stream")) {
            client.send("{\"action\":\"subscribe\",\"symbol\":\"XXX\",\"id\":7}");
            JsonNode error = client.await("error");
            assertThat(error.path("code").asString()).isEqualTo("unknown_symbol");
            assertThat(error.path("symbol").asString()).isEqualTo("XXX");
            assertThat(error.path("id").asInt()).isEqualTo(7);
        }
    }

    @Test
    void subscribingTwiceIsHarmlessAndAfterUnsubscribingNothingComes() {
        try (WsClient client = connect("/stream")) {
            client.send("{\"action\":\"subscribe\",\"symbol\":\"ETH-USD\"}");
            client.send("{\"action\":\"subscribe\",\"symbol\":\"ETH-USD\"}");
            long first = client.await("trade").path("sequence").asLong();
            assertThat(client.await("trade").path("sequence").asLong()).isEqualTo(first + 1);
            client.send("{\"action\":\"unsubscribe\",\"symbol\":\"ETH-USD\"}");
            client.send("{\"action\":\"unsubscribe\",\"symbol\":\"ETH-USD\"}");
            client.send("{\"type\":\"ping\"}");
            client.await("pong");
            client.send("{\"action\":\"subscribe\",\"symbol\":\"SOL-USD\"}");
            client.await("trade");
            client.await("trade");
            assertThat(client.unread())
                    .noneMatch(message -> message.path("symbol").asString().equals("ETH-USD"));
        }
    }

    @Test
    void pricesComeInTwelveBytesEachInAFrameOfItsOwnWhereThatIsAskedFor() {
        try (WsClient client = connect("/stream?binary=1")) {
            assertThat(client.await("symbols").at("/symbols/1").asString()).isEqualTo("BTC-USD");
            client.send("{\"action\":\"subscribe\",\"symbol\":\"BTC-USD\"}");
            client.await("order_book");
            for (int i = 0; i < 3; i++) {
                ByteBuffer price = ByteBuffer.wrap(client.awaitBinary());
                assertThat(price.remaining()).isEqualTo(12);
                assertThat(price.getInt()).isEqualTo(1);
                assertThat(price.getFloat()).isBetween(32_000f, 128_000f);
                assertThat(Integer.toUnsignedLong(price.getInt())).isPositive();
            }
            assertThat(client.unread())
                    .noneMatch(message -> message.path("type").asString().equals("price_update"));
        }
    }

    @Test
    void recordsComeWhereTheyAreAskedFor() {
        try (WsClient client = connect("/stream?binary=2&other=1")) {
            assertThat(client.await("symbols").at("/details/0/tick").asString()).isEqualTo("0.01");
            client.send("{\"action\":\"subscribe\",\"symbol\":\"BTC-USD\"}");
            for (int i = 0; i < 3; i++) {
                ByteBuffer frame = ByteBuffer.wrap(client.awaitBinary()).order(ByteOrder.LITTLE_ENDIAN);
                assertThat(new String(frame.array(), 0, 2, StandardCharsets.US_ASCII))
                        .isEqualTo("PM");
                assertThat(frame.remaining()).isEqualTo(16 + 48 * frame.getShort(4));
            }
        }
        try (WsClient client = connect("/stream?binary=3")) {
            assertThat(client.await("error").path("code").asString()).isEqualTo("invalid_message");
        }
    }

    @Test
    void pagesOfOtherOriginsAreRefusedHereToo() {
        assertThatThrownBy(() -> HTTP.newWebSocketBuilder()
                        .header("Origin", "https://elsewhere.example")
                        .buildAsync(
                                URI.create("ws://localhost:" + server.port() + "/stream"), new WebSocket.Listener() {})
                        .join())
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void aMarketThatIsNotForEverybodyWantsATokenEverywhere() throws IOException, InterruptedException {
        server.close();
        server = builder().set("auth.anonymous", "").start();
        HttpRequest symbols =
                HttpRequest.newBuilder(server.uri().resolve("/api/symbols")).build();
        assertThat(HTTP.send(symbols, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        try (WsClient client = connect("/stream")) {
            client.send("{\"action\":\"subscribe\",\"symbol\":\"BTC-USD\"}");
            assertThat(client.awaitClose()).isEqualTo("1008 Not authenticated");
        }
    }

    @Test
    void aServerWithoutAMarketHasNoStream() {
        server.close();
        server = builder().set("market.enabled", "false").start();
        assertThatThrownBy(() -> connect("/stream")).hasCauseInstanceOf(WebSocketHandshakeException.class);
    }
}
