package dev.peal.client.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.ClientSettings;
import dev.peal.client.PealClient;
import dev.peal.client.Recorder;
import dev.peal.client.link.PollingTransport;
import dev.peal.client.link.SseTransport;
import dev.peal.client.link.Transport;
import dev.peal.client.link.WebSocketTransport;
import dev.peal.testkit.fault.CutConnections;
import dev.peal.testkit.fault.FaultProxy;
import dev.peal.testkit.fault.Judge;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PROMISES 45, 47 and 44 through the client, over each transport: connections are cut at random places while it publishes and listens. */
final class CutConnectionsTest {
    /** Whoever holds a link still waits no longer than this for its client. */
    private static final ClientSettings.Heartbeat BEAT = new ClientSettings.Heartbeat(2_000, 1_500);

    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = Rig.server(folder, "--limits.readsPerAddress=1000000/1s").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Transport transport(String name) {
        return switch (name) {
            case "websocket" -> new WebSocketTransport(Rig.HTTP);
            case "sse" -> new SseTransport(Rig.HTTP);
            case "polling" -> new PollingTransport(Rig.HTTP);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource({"websocket, 4096, 200, 10000", "sse, 16384, 100, 1000", "polling, 16384, 100, 1000"})
    void nothingIsLostNothingDoubledAndTheOrderKept(String name, int bytesMax, int seeds, int nightly) {
        int runs = Rig.NIGHTLY ? nightly : seeds;
        long returns = new CutConnections(
                        name, server.port(), bytesMax, (port, user, room, seed) -> enter(name, port, user, room, seed))
                .run(Rig.seed("cut connections, " + name), runs);
        assertThat(returns).as("connections were cut").isGreaterThan(runs);
    }

    private static CutConnections.Entered enter(String transport, int port, String user, String room, long seed) {
        PealClient client = Rig.client(port, user)
                .settings(Rig.HURRIED.with(BEAT))
                .transports(transport(transport))
                .random(new Random(seed))
                .connect();
        return new CutConnections.Entered(new Recorder(user + "-" + seed, client.room(room)), client::close);
    }

    /** PROMISES 11: whatever carries them, the same entries in the same order. */
    @Test
    void allTransportsSeeTheSame() throws IOException {
        try (FaultProxy proxy = FaultProxy.to(server.port(), 1)) {
            List<Recorder> recorders = new ArrayList<>();
            List<PealClient> clients = new ArrayList<>();
            for (String name : List.of("websocket", "sse", "polling")) {
                PealClient client = Rig.client(proxy.port(), "over-" + name)
                        .transports(transport(name))
                        .connect();
                clients.add(client);
                recorders.add(new Recorder(name, client.room("mixed")));
            }
            try {
                for (int i = 0; i < 20; i++) {
                    recorders.forEach(Recorder::publish);
                }
                Judge.findsNothing("mixed", server.port(), recorders);
            } finally {
                clients.forEach(PealClient::close);
            }
        }
    }
}
