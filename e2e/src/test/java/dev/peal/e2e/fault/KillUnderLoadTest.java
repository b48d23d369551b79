package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.fault.Fleet;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PROMISES 39, 44, 47: the server is killed with SIGKILL amid its work, again and again. Each publish is sent one to three times, across connections and kills.
 */
final class KillUnderLoadTest {
    private static final int CYCLES = Servers.NIGHTLY ? 200 : 20;
    private static final int ACKNOWLEDGED_MIN = Servers.NIGHTLY ? 1_000_000 : 100_000;
    private static final Duration SERVING_MAX = Duration.ofSeconds(3);

    @Test
    void whatWasAcknowledgedIsThereOnceAndInOrder(@TempDir Path folder) throws IOException {
        long seed = Servers.seed("kill under load");
        Random random = new Random(seed);
        Duration slowest = Duration.ZERO;
        try (ServerProcess server = Servers.on(folder).start();
                Fleet fleet = Fleet.launch(Fleet.Shape.of("kill", 8, 4).withCopies(3), seed, server.port())) {
            fleet.publishing(128);
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                // Some die as soon as they serve, before everyone is back.
                fleet.awaitAcked(random.nextInt(5) == 0 ? 1 : random.nextInt(2 * ACKNOWLEDGED_MIN / CYCLES));
                server.kill();
                server.start();
                slowest = server.toServing().compareTo(slowest) > 0 ? server.toServing() : slowest;
            }
            fleet.awaitAcked(Math.max(0, ACKNOWLEDGED_MIN - fleet.acked()));
            assertThat(fleet.anomalies(server.port())).isEmpty();
            System.out.printf(
                    "kill under load: %d kills, %d acknowledged, none lost; serving again after %d ms at most%n",
                    CYCLES, fleet.acked(), slowest.toMillis());
            assertThat(fleet.acked()).isGreaterThanOrEqualTo(ACKNOWLEDGED_MIN);
        }
        if (Servers.NIGHTLY) {
            assertThat(slowest).isLessThan(SERVING_MAX);
        }
    }
}
