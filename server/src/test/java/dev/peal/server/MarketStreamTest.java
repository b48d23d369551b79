package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
}
