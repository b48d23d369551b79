package dev.peal.e2e.typescript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.e2e.fault.Servers;
import dev.peal.testkit.fault.FaultProxy;
import dev.peal.testkit.fault.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The market of the real server through the TypeScript client, over connections that are cut: books are verified or say that they are not, and nothing is missing unsaid. */
final class MarketStaysVerifiedTest {
    private static final int CHANGES = Servers.NIGHTLY ? 20_000 : 600;
    private static final int CUT_EVERY = 200;

    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = Servers.on(folder, "--limits.readsPerAddress=1000000/1s").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void whateverIsCut(int binary) throws IOException, InterruptedException {
        try (FaultProxy proxy = FaultProxy.to(server.port(), Servers.seed("market, TypeScript, binary=" + binary))) {
            JsonNode seen = run(proxy, binary);
            assertThat(seen.path("crossed").asInt()).isZero();
            assertThat(seen.path("gaps").asInt()).isZero();
            assertThat(seen.path("resyncs").propertyNames()).containsOnly("lost");
            assertThat(seen.path("connections").asInt()).isGreaterThanOrEqualTo(CHANGES / CUT_EVERY);
            JsonNode paper = seen.path("paper");
            assertThat(paper.path("resting").path("status").stringValue()).isEqualTo("open");
            assertThat(paper.path("cancelled").path("reason").stringValue()).isEqualTo("requested");
            assertThat(paper.path("bought").path("filled").stringValue()).isEqualTo("0.0100");
            assertThat(paper.path("fills").size()).isPositive();
            assertThat(paper.path("orders").size()).isZero();
            assertThat(paper.path("refused").stringValue()).isEqualTo("price_off_tick");
            assertThat(numbers(seen.path("tradeIds")))
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo((one, other) -> Long.compare(other, one));
            assertThat(numbers(seen.path("candleStarts")))
                    .doesNotHaveDuplicates()
                    .isSorted();
        }
    }

    private static JsonNode run(FaultProxy proxy, int binary) throws IOException, InterruptedException {
        // Node 20 has a WebSocket behind this option; newer ones have it anyway.
        Process node = new ProcessBuilder(
                        "node",
                        "--experimental-websocket",
                        "src/test/node/market.mjs",
                        "http://127.0.0.1:" + proxy.port(),
                        Integer.toString(binary),
                        Integer.toString(CHANGES),
                        Integer.toString(CUT_EVERY))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String last = "{}";
        try (BufferedReader lines = node.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("cut")) {
                    proxy.resetAll();
                } else {
                    last = line;
                }
            }
        } finally {
            node.destroy();
        }
        assertThat(node.waitFor()).isZero();
        System.out.println(last.substring(0, Math.min(200, last.length())));
        return JsonMapper.shared().readTree(last);
    }

    private static List<Long> numbers(JsonNode list) {
        return list.valueStream().map(JsonNode::longValue).toList();
    }
}
