package dev.peal.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.bench.market.MarketProgram;
import dev.peal.bench.peer.UndertowPeer;
import dev.peal.server.PealServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of load against a peer in this process: small, but whole. */
final class LoadsTest {
    private static int port;
    private static AutoCloseable peer = () -> {};

    @BeforeAll
    static void startPeer() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        peer = UndertowPeer.start(port);
    }

    @AfterAll
    static void stopPeer() throws Exception {
        peer.close();
    }

    @Test
    void closedLoopKeepsEverySenderGoing() throws IOException {
        Map<String, Object> figures = new CastLoad(options("cast", "room")).run();

        assertClean(figures);
        assertThat(number(figures, "frames")).isPositive();
        assertThat(number(figures, "p99Micros")).isPositive();
    }

    @Test
    void openLoopNeverSendsMoreThanIsDue() throws IOException {
        LoadOptions options = options("cast", "room");
        options.rate = 200;
        options.sample = 1;

        Map<String, Object> figures = new CastLoad(options).run();

        assertClean(figures);
        double dueInAll = 200 * (options.warmSeconds + number(figures, "elapsedSeconds"));
        assertThat(number(figures, "sent")).isBetween(1.0, dueInAll + 1);
        assertThat(number(figures, "frames")).isBetween(1.0, (dueInAll + 1) * 20);
    }

    @Test
    void readersOfAMarketAreToldWhatIsFreshAndThoseThatStallKeepTheirConnections(@TempDir Path folder)
            throws IOException {
        try (PealServer server = MarketProgram.start("0", folder.resolve("data").toString())) {
            for (String dialect : List.of("market-records-20-all", "market-json-20-price", "market-prices-20-price")) {
                LoadOptions options = options("market", dialect);
                options.port = server.port();
                options.stalled = 5;
                options.sample = 1;

                Map<String, Object> figures = new MarketLoad(options).run();

                assertClean(figures);
                assertThat(number(figures, "frames")).isPositive();
                options.deflate = true;
                Map<String, Object> deflated = new MarketLoad(options).run();
                assertClean(deflated);
                assertThat(number(deflated, "deflatedFrames")).isPositive();
                if (dialect.contains("records")) {
                    assertThat(number(figures, "p50Micros")).isPositive();
                }
            }
        }
    }

    @Test
    void requestsAreAnsweredByTheirIds() throws IOException {
        LoadOptions options = options("request", "echo");
        options.inFlight = 5;

        Map<String, Object> figures = new RequestLoad(options).run();

        assertClean(figures);
        assertThat(number(figures, "frames")).isPositive();
        assertThat(number(figures, "bytesPerFrame")).isEqualTo(options.size);
    }

    @Test
    void requestsAtARateAreNeverMoreThanAreDue() throws IOException {
        LoadOptions options = options("request", "echo");
        options.inFlight = 5;
        options.rate = 200;

        Map<String, Object> figures = new RequestLoad(options).run();

        assertClean(figures);
        double dueInAll = 200 * (options.warmSeconds + number(figures, "elapsedSeconds"));
        assertThat(number(figures, "sent")).isBetween(1.0, dueInAll + 1);
        assertThat(number(figures, "frames")).isBetween(1.0, dueInAll + 1);
    }

    @Test
    void heldConnectionsComeFromSeveralAddresses() throws IOException {
        LoadOptions options = options("hold", "idle");
        options.steps = List.of(10, 30);
        options.addresses = 3;
        options.pid = ProcessHandle.current().pid();

        Map<String, Object> figures = new HoldLoad(options).run();

        assertClean(figures);
        assertThat(figures).containsEntry("held", options.steps);
    }

    @Test
    void handshakesFollowEachOther() throws IOException {
        LoadOptions options = options("handshake", "upgrade");
        options.inFlight = 4;
        options.addresses = 2;

        Map<String, Object> figures = new HandshakeLoad(options).run();

        assertClean(figures);
        assertThat(number(figures, "frames")).isPositive();
    }

    private static LoadOptions options(String mode, String dialect) {
        LoadOptions options = new LoadOptions();
        options.mode = mode;
        options.dialect = dialect;
        options.port = port;
        options.connections = 20;
        options.senders = 4;
        options.warmSeconds = 0.3;
        options.seconds = 0.5;
        return options;
    }

    private static void assertClean(Map<String, Object> figures) {
        assertThat(figures).containsEntry("firstError", "").containsEntry("closed", 0);
    }

    private static double number(Map<String, Object> figures, String name) {
        return ((Number) Objects.requireNonNull(figures.get(name))).doubleValue();
    }
}
