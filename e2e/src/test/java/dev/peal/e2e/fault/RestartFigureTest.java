package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.fault.Fleet;
import dev.peal.testkit.fault.RoomReading;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long 10,000 clients take to be back with their gaps filled after a kill and a restart. A figure: nightly alone. */
final class RestartFigureTest {
    private static final int CLIENTS = Integer.getInteger("peal.restart.clients", 10_000);
    private static final int ROOMS = 100;
    private static final int MISSED = 20;
    private static final Duration BACK_MAX = Duration.ofSeconds(10);

    @Test
    void tenThousandAreBackWithTheirGapsFilled(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(Servers.NIGHTLY);
        long seed = Servers.seed("restart");
        try (ServerProcess server = Servers.on(folder, List.of("-Xmx1g")).start();
                Fleet writers = Fleet.launch(Fleet.Shape.of("back", ROOMS, ROOMS), seed, server.port());
                Fleet fleet = Fleet.launch(Fleet.Shape.of("back-", CLIENTS, ROOMS), seed, server.port())) {
            fleet.clients().subList(0, ROOMS).forEach(client -> client.publishing(4, 100));
            fleet.awaitAcked(100L * ROOMS - fleet.acked());
            long began = System.nanoTime();
            server.kill();
            server.start();
            // Half of what is to be had is written before they are back, the rest while they come.
            writers.publishing(4, MISSED);
            fleet.awaitAll("all are back", client -> client.joins() == 2);
            Duration joined = Duration.ofNanos(System.nanoTime() - began);
            assertThat(fleet.anomalies(server.port())).isEmpty();
            Duration filled = Duration.ofNanos(System.nanoTime() - began);
            long entries =
                    RoomReading.of(server.port(), Optional.empty(), "back--0").newest();
            System.out.printf(
                    "restart: serving after %d ms; %d clients in their rooms after %d ms, checked whole after %d ms"
                            + " (%d entries a room)%n",
                    server.toServing().toMillis(), CLIENTS, joined.toMillis(), filled.toMillis(), entries);
            assertThat(joined).isLessThanOrEqualTo(BACK_MAX);
        }
    }
}
