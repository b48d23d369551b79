package dev.peal.client.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.RoomGlobs;
import dev.peal.auth.Secrets;
import dev.peal.auth.TokenMinter;
import dev.peal.client.ClientState.Phase;
import dev.peal.client.PealClient;
import dev.peal.client.TokenProvider;
import dev.peal.client.link.PollingTransport;
import dev.peal.client.link.SseTransport;
import dev.peal.client.link.Transport;
import dev.peal.client.link.WebSocketTransport;
import dev.peal.server.PealServer;
import dev.peal.testkit.Await;
import dev.peal.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 30 through the client: tokens that end while it is connected. 100 clients here, 1,000 nightly. */
final class ExpiringTokensTest {
    private static final int CLIENTS = Rig.NIGHTLY ? 1_000 : 100;

    @TempDir
    private Path folder;

    private PealServer server;
    private TokenMinter minter;

    @BeforeEach
    void start() throws IOException {
        Path data = folder.resolve("data");
        server = PealServer.builder()
                .set("server.port", "0")
                .set("server.data", data.toString())
                .set("auth.leeway", "0s")
                .set("auth.expiryNotice", "2s")
                .set("limits.connectionsPerAddress", "10000")
                .set("limits.readsPerAddress", "unlimited")
                .set("rate.default", "unlimited")
                .set("rate.authenticate", "unlimited")
                .start();
        minter = new TokenMinter("peal", "peal", Secrets.in(data).users(), Clock.SYSTEM);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String token(String user, long millis) {
        return minter.mint(user, Optional.empty(), millis, RoomGlobs.ALL);
    }

    private List<PealClient> clients(Function<String, TokenProvider> providers) {
        List<Transport> transports =
                List.of(new WebSocketTransport(Rig.HTTP), new SseTransport(Rig.HTTP), new PollingTransport(Rig.HTTP));
        List<PealClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(PealClient.builder("http://127.0.0.1:" + server.port())
                    .http(Rig.HTTP)
                    .settings(Rig.HURRIED)
                    .transports(transports.get(i % 10 < 8 ? 0 : i % 10 - 7))
                    .tokens(providers.apply("u" + i))
                    .connect());
        }
        return clients;
    }

    private static boolean allIn(List<PealClient> clients, Phase phase) {
        return clients.stream().allMatch(client -> client.state().phase() == phase);
    }

    @Test
    void aFreshTokenBeforeTheEndKeepsTheConnection() {
        List<PealClient> clients = clients(user -> () -> CompletableFuture.completedFuture(token(user, 4_000)));
        try {
            Await.until("all are live", () -> allIn(clients, Phase.LIVE));
            Await.until(
                    "each has had three tokens",
                    Rig.PATIENCE,
                    () -> clients.stream()
                            .allMatch(client -> client.diagnostics().join().tokensAsked() >= 3
                                    || client.state().transport().orElse("").equals("polling")));
            assertThat(clients)
                    .filteredOn(client -> !client.state().transport().orElse("").equals("polling"))
                    .as("nobody lost a connection")
                    .allMatch(client -> client.diagnostics().join().signIns() == 1);
            assertThat(clients.get(0).room("lobby").publish("still here").join().offset())
                    .isPositive();
        } finally {
            clients.forEach(PealClient::close);
        }
    }

    @Test
    void whoHasNoFreshTokenIsOutAndPresentsTheOldOneNeverAgain() {
        AtomicLong life = new AtomicLong(3_000);
        List<PealClient> clients = clients(user -> {
            String old = token(user, life.get());
            return () -> CompletableFuture.completedFuture(life.get() > 3_000 ? token(user, life.get()) : old);
        });
        try {
            Await.until(
                    "all are out",
                    Rig.PATIENCE,
                    () -> clients.stream()
                            .allMatch(
                                    client -> client.state().reason().orElse("").equals("token_stale")));
            long connections = clients.stream()
                    .mapToLong(client -> client.diagnostics().join().signIns())
                    .sum();
            assertThat(connections).isLessThanOrEqualTo(CLIENTS);
            life.set(60_000);
            Await.until("all are back with another token", Rig.PATIENCE, () -> allIn(clients, Phase.LIVE));
        } finally {
            clients.forEach(PealClient::close);
        }
    }
}
