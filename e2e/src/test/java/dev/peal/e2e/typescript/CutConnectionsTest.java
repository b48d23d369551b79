package dev.peal.e2e.typescript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.e2e.fault.Servers;
import dev.peal.testkit.fault.CutConnections;
import dev.peal.testkit.fault.Judge;
import dev.peal.testkit.fault.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PROMISES 44, 45 and 47 through the TypeScript client, over each transport: connections are cut at random places while it publishes and listens. */
final class CutConnectionsTest {
    private static final int SEEDS = Servers.NIGHTLY ? 10_000 : 200;

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private static NodeClients clients;

    @BeforeAll
    static void start() throws IOException {
        // A ticket whose stream was cut counts for its address as long as it lives; a stream speaks in time for clients
        // whose time runs ten times as fast.
        server = Servers.on(
                        folder,
                        "--limits.readsPerAddress=1000000/1s",
                        "--events.ticketLifetime=1s",
                        "--events.heartbeat=1s")
                .start();
        clients = NodeClients.start();
    }

    @AfterAll
    static void stop() throws IOException {
        clients.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"websocket, 4096", "sse, 16384", "polling, 16384"})
    void nothingIsLostNothingDoubledAndTheOrderKept(String transport, int bytesMax) {
        long returns = new CutConnections(transport, server.port(), bytesMax, (port, user, room, seed) -> {
                    NodeClients.NodeClient client = clients.enter(transport, port, user, room, seed);
                    return new CutConnections.Entered(client, client::leave);
                })
                .run(Servers.seed("cut connections, TypeScript, " + transport), SEEDS);
        assertThat(returns).as("connections were cut").isGreaterThan(SEEDS);
    }

    /** PROMISES 11: whatever carries them, the same entries in the same order. */
    @Test
    void allTransportsSeeTheSame() throws IOException {
        List<NodeClients.NodeClient> all = Stream.of("websocket", "sse", "polling")
                .map(transport -> clients.enter(transport, server.port(), "over-" + transport, "mixed", 1))
                .toList();
        for (int i = 0; i < 20; i++) {
            all.forEach(NodeClients.NodeClient::publish);
        }
        Judge.findsNothing("mixed", server.port(), all);
        all.forEach(NodeClients.NodeClient::leave);
    }
}
