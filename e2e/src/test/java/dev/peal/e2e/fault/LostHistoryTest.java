package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.protocol.Recovery;
import dev.peal.testkit.fault.Fleet;
import dev.peal.testkit.fault.ResumingClient;
import dev.peal.testkit.fault.ServerProcess;
import dev.peal.testkit.history.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 46: a history that is gone is not passed over in silence. */
final class LostHistoryTest {
    private static final int CLIENTS = 100;

    @Test
    void everyoneIsToldThatTheHistoryIsGone(@TempDir Path folder) throws IOException {
        long seed = Servers.seed("lost history");
        try (ServerProcess server = Servers.on(folder).start();
                Fleet fleet = Fleet.launch(Fleet.Shape.of("wipe", CLIENTS, 20), seed, server.port())) {
            fleet.publishing(2, 5);
            fleet.awaitAll("all have published", client -> client.acked() == 5);
            server.kill();
            wipe(Servers.data(folder));
            server.start();
            fleet.awaitAll("all are back", client -> client.joins() == 2);
            assertThat(fleet.clients()).allSatisfy(LostHistoryTest::wasTold);
        }
    }

    private static void wasTold(ResumingClient client) {
        List<Seen.Joined> joins = client.history().seen().stream()
                .filter(Seen.Joined.class::isInstance)
                .map(Seen.Joined.class::cast)
                .toList();
        Seen.Joined back = joins.getLast();
        assertThat(back.since()).isPresent();
        assertThat(back.newest().epoch()).isNotEqualTo(joins.getFirst().newest().epoch());
        assertThat(back.recovery())
                .isInstanceOfSatisfying(
                        Recovery.Lost.class,
                        lost -> assertThat(lost.reason()).isEqualTo(Recovery.Reason.EPOCH_CHANGED));
    }

    private static void wipe(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
