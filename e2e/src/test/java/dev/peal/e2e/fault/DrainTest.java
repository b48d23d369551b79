package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import dev.peal.testkit.fault.Fleet;
import dev.peal.testkit.fault.ResumingClient;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 71: SIGTERM under load. Everyone is told when to come back, nobody gets in meanwhile, nothing is lost. */
final class DrainTest {
    private static final int CLIENTS = Servers.NIGHTLY ? 9_000 : 300;
    private static final int DRAIN_SECONDS = Servers.NIGHTLY ? 10 : 3;
    private static final int RESTARTED = 1012;
    private static final int PARTS = 10;

    /** A part of the time has a tenth of the clients if they are spread evenly. */
    private static final double SHARE_MAX = Servers.NIGHTLY ? 0.15 : 0.3;

    @Test
    void everyoneIsSentAwayInTurnAndNothingIsLost(@TempDir Path folder) throws IOException {
        long seed = Servers.seed("drain");
        int rooms = CLIENTS / 10;
        try (ServerProcess server = Servers.on(folder, "--shutdown.drain=" + DRAIN_SECONDS + "s")
                        .start();
                Fleet fleet = Fleet.launch(Fleet.Shape.of("drain", CLIENTS, rooms), seed, server.port())) {
            fleet.clients().subList(0, rooms).forEach(client -> client.publishing(1, Integer.MAX_VALUE));
            fleet.awaitAcked(rooms);
            server.terminate();
            Await.until(
                    "the first one is sent away",
                    () -> fleet.clients().stream()
                            .anyMatch(client -> !client.endings().isEmpty()));
            assertThat(accepts(server.port())).as("lets somebody in").isFalse();
            assertThat(server.exitCode()).isZero();

            assertThat(fleet.clients()).extracting(DrainTest::firstEnding).allSatisfy(ending -> {
                assertThat(ending.closeCode()).isEqualTo(RESTARTED);
                assertThat(ending.reconnectAfterMillis()).isPositive();
            });
            assertThat(fullestPart(fleet)).isLessThanOrEqualTo(SHARE_MAX);

            server.start();
            fleet.awaitAll("all are back", client -> client.joins() == 2);
            assertThat(fleet.anomalies(server.port())).isEmpty();
        }
    }

    private static ResumingClient.Ending firstEnding(ResumingClient client) {
        return client.endings().getFirst();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The share of the clients whose announced slots lie in the fullest tenth of the time. */
    private static double fullestPart(Fleet fleet) {
        List<Long> slots = fleet.clients().stream()
                .map(DrainTest::firstEnding)
                .map(ending -> ending.atNanos() + TimeUnit.MILLISECONDS.toNanos(ending.reconnectAfterMillis()))
                .sorted()
                .toList();
        int[] parts = new int[PARTS];
        long width = TimeUnit.SECONDS.toNanos(DRAIN_SECONDS) / PARTS;
        for (long slot : slots) {
            parts[(int) Math.min(PARTS - 1, (slot - slots.getFirst()) / width)]++;
        }
        System.out.println("drain: slots by tenth of the time: " + Arrays.toString(parts));
        return Arrays.stream(parts).max().orElseThrow() / (double) slots.size();
    }
}
