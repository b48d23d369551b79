package dev.peal.e2e.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.ApiKey;
import dev.peal.auth.ApiKeyFile;
import dev.peal.auth.ApiScope;
import dev.peal.server.PealServer;
import dev.peal.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Issue E: a program says what happens in a market of its own, over HTTP and over a WebSocket; each batch counts once. */
class IngestTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ApiKey.Made PUBLISH = ApiKey.make("desk", Set.of(ApiScope.PUBLISH), 0);
    private static final ApiKey.Made READ = ApiKey.make("reader", Set.of(ApiScope.READ), 0);

    @TempDir
    private Path data;

    private PealServer server;

    @BeforeEach
    void start() throws IOException {
        ApiKeyFile.in(data).change(keys -> List.of(PUBLISH.key(), READ.key()));
        server = PealServer.builder()
                .set("server.port", "0")
                .set("server.data", data.toString())
                .set("auth.mode", "open")
                .set("market.source", "exchange,ingest")
                .set("market.ingest.symbols", "ACME=0.01/1")
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eachBatchCountsOnceWhicheverWayItComes() throws Exception {
        try (StreamClient reader = StreamClient.connect(server);
                StreamClient program = StreamClient.connect(server)) {
            reader.ask("subscribe", "\"symbol\":\"ACME\"");
            assertThat(post(batch(41, trade("12.50")))).isEqualTo("200");
            assertThat(reader.await("trade").path("price").decimalValue()).isEqualByComparingTo("12.50");
            assertThat(post(batch(41, trade("12.50")))).isEqualTo("200 repeated");
            assertThat(post(batch(41, trade("12.51")))).isEqualTo("409 sequence_reused null 42");
            assertThat(post(batch(44, trade("12.51")))).isEqualTo("409 sequence_gap null 42");
            assertThat(post(batch(40, trade("12.51")))).isEqualTo("409 sequence_out_of_order null 42");
            program.ask("authorize", "\"key\":\"" + PUBLISH.text() + "\"");
            JsonNode taken = program.ask("ingest", fields(42, trade("12.52")));
            assertThat(taken.path("type").asString()).isEqualTo("ingested");
            assertThat(taken.path("repeated").asBoolean()).isFalse();
            assertThat(program.ask("ingest", fields(42, trade("12.52")))
                            .path("repeated")
                            .asBoolean())
                    .isTrue();
            assertThat(post(batch(42, trade("12.52")))).isEqualTo("200 repeated");
            JsonNode gap = program.ask("ingest", fields(50, trade("12.53")));
            assertThat(gap.path("code").asString()).isEqualTo("sequence_gap");
            assertThat(gap.path("expected").asInt()).isEqualTo(43);
            JsonNode second = reader.await("trade");
            assertThat(second.path("price").decimalValue()).isEqualByComparingTo("12.52");
            assertThat(second.path("sequence").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aBatchThatIsWrongIsNamedAndNothingOfItCounts() throws Exception {
        try (StreamClient reader = StreamClient.connect(server)) {
            reader.ask("subscribe", "\"symbol\":\"ACME\"");
            String good = trade("1.00");
            assertThat(post(batch(1, good + "," + trade("NaN")))).isEqualTo("422 price_not_a_number 1 null");
            assertThat(post(batch(1, good + "," + trade("-1")))).isEqualTo("422 price_not_positive 1 null");
            assertThat(post(batch(1, good + "," + trade("1.005")))).isEqualTo("422 price_off_tick 1 null");
            assertThat(post(batch(1, good.replace("ACME", "BTC-USD")))).isEqualTo("422 unknown_symbol 0 null");
            assertThat(post(batch(1, good + ",7"))).isEqualTo("400 invalid_event 1 null");
            assertThat(post(batch(
                            1, good + ",{\"type\":\"book\",\"symbol\":\"ACME\",\"bids\":[[2,1]],\"asks\":[[1,1]]}")))
                    .isEqualTo("422 book_crossed 1 null");
            assertThat(post("{\"source\":\"desk\",\"sequence\":0,\"events\":[]}"))
                    .isEqualTo("400 invalid_batch null null");
            assertThat(post(batch(1, trade("2.00")))).isEqualTo("200");
            JsonNode first = reader.await("trade");
            assertThat(first.path("price").decimalValue()).isEqualByComparingTo("2.00");
            assertThat(first.path("sequence").asInt()).isEqualTo(1);
        }
    }

    @Test
    void withoutAKeyOfTheScopeNothingComesIn() throws Exception {
        assertThat(post("", batch(1, trade("1.00")))).startsWith("401 missing_key");
        assertThat(post(READ.text(), batch(1, trade("1.00")))).startsWith("403 out_of_scope");
        try (StreamClient program = StreamClient.of(server, "ann")) {
            assertThat(program.refused("ingest", fields(1, trade("1.00")))).isEqualTo("error unauthorized");
            assertThat(program.refused("authorize", "\"key\":\"pk_abcdefghijkl_" + "x".repeat(43) + "\""))
                    .isEqualTo("error wrong_key");
            assertThat(program.refused("authorize", "\"key\":\"" + READ.text() + "\""))
                    .isEqualTo("error out_of_scope");
            assertThat(program.refused("ingest", fields(1, trade("1.00")))).isEqualTo("error unauthorized");
            program.ask("authorize", "\"key\":\"" + PUBLISH.text() + "\"");
            assertThat(program.ask("ingest", fields(1, trade("1.00")))
                            .path("type")
                            .asString())
                    .isEqualTo("ingested");
            ApiKeyFile.in(data).change(keys -> List.of(READ.key()));
            Await.until("a key that is revoked counts no more", () -> {
                try {
                    return program.refused("ingest", fields(1, trade("1.00"))).equals("error unauthorized");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Test
    void whatProgramsSendIsNotTradedHere() throws IOException {
        try (StreamClient ann = StreamClient.of(server, "ann")) {
            String order = "\"side\":\"buy\",\"type\":\"market\",\"size\":1,\"symbol\":";
            assertThat(ann.refused("place", order + "\"ACME\"")).isEqualTo("error not_traded");
            assertThat(ann.refused("place", order + "\"DOGE\"")).isEqualTo("error unknown_symbol");
        }
    }

    private static String trade(String price) {
        return "{\"type\":\"trade\",\"symbol\":\"ACME\",\"price\":" + price + ",\"size\":\"3\",\"side\":\"sell\"}";
    }

    private static String fields(int sequence, String events) {
        return "\"source\":\"desk\",\"sequence\":" + sequence + ",\"events\":[" + events + "]";
    }

    private static String batch(int sequence, String events) {
        return "{" + fields(sequence, events) + "}";
    }

    private String post(String body) throws IOException, InterruptedException {
        return post(PUBLISH.text(), body);
    }

    /** {@code 200}, {@code 200 repeated}, or the status, code, event and expected number of a problem. */
    private String post(String key, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve("/api/v1/market/ingest"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        JsonNode json = StreamClient.JSON.readTree(answer.body());
        if (answer.statusCode() == 200) {
            return json.path("repeated").asBoolean() ? "200 repeated" : "200";
        }
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        return answer.statusCode() + " " + json.path("code").asString() + " " + figure(json, "event") + " "
                + figure(json, "expected");
    }

    private static String figure(JsonNode problem, String name) {
        return problem.has(name) ? Long.toString(problem.path(name).asLong()) : "null";
    }
}
