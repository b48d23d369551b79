package dev.peal.client.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.PealClient;
import dev.peal.client.Recorder;
import dev.peal.client.RoomEvent;
import dev.peal.protocol.Recovery;
import dev.peal.testkit.Await;
import dev.peal.testkit.fault.Judge;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 39, 46, 71 through the client: a server that is killed, that restarts in good order, that comes back with another history. */
final class KilledServerTest {
    private static final int CLIENTS = 10;

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostWhenTheServerIsKilledOrRestarted() throws IOException {
        try (ServerProcess server = Rig.server(folder, "--shutdown.drain=1s").start()) {
            List<PealClient> clients = new ArrayList<>();
            List<Recorder> recorders = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Rig.client(server.port(), "u" + i).connect());
                recorders.add(new Recorder("u" + i, clients.get(i).room("killed-" + i % 2)));
            }
            try {
                Await.until("all are in", () -> recorders.stream().allMatch(one -> one.joins() == 1));
                for (int round = 0; round < 3; round++) {
                    for (int i = 0; i < 20; i++) {
                        recorders.forEach(Recorder::publish);
                    }
                    Await.until("some are answered", () -> recorders.stream().anyMatch(one -> one.acknowledged() > 0));
                    if (round % 2 == 0) {
                        server.kill();
                    } else {
                        server.terminate();
                        assertThat(server.exitCode()).isZero();
                    }
                    server.start();
                    int joins = round + 2;
                    Await.until(
                            "all are back",
                            Rig.PATIENCE,
                            () -> recorders.stream().allMatch(one -> one.joins() >= joins));
                }
                Judge.findsNothing("killed", server.port(), recorders);
            } finally {
                clients.forEach(PealClient::close);
            }
        }
    }

    @Test
    void aHistoryThatIsLostIsTold() throws IOException {
        try (ServerProcess server = Rig.server(folder, "--log.engine=memory").start();
                PealClient client = Rig.client(server.port(), "ann").connect()) {
            List<RoomEvent.Joined> joined = new CopyOnWriteArrayList<>();
            client.room("lobby").onEvent(event -> {
                if (event instanceof RoomEvent.Joined one) {
                    joined.add(one);
                }
            });
            client.room("lobby").publish("before").join();
            server.kill();
            server.start();
            Await.until("the client is back", Rig.PATIENCE, () -> joined.size() == 2);
            assertThat(joined.get(1).recovery())
                    .isInstanceOfSatisfying(
                            Recovery.Lost.class,
                            lost -> assertThat(lost.reason()).isEqualTo(Recovery.Reason.EPOCH_CHANGED));
            assertThat(client.room("lobby").publish("after").join().offset()).isEqualTo(1);
        }
    }
}
