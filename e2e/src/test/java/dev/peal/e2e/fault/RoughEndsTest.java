package dev.peal.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import dev.peal.testkit.fault.Fleet;
import dev.peal.testkit.fault.ServerProcess;
import dev.peal.testkit.fault.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PROMISES 23: members that end in every rough way leave nothing behind: no session, no room, no file. */
final class RoughEndsTest {
    private static final int CLIENTS = Servers.NIGHTLY ? 9_000 : 100;
    private static final int SILENCE_MILLIS_MAX = 20_000;

    /** How a client may end. */
    enum End {
        FIN_WITHOUT_A_CLOSE {
            @Override
            void end(Wire wire) throws IOException {
                wire.close();
            }
        },
        RESET {
            @Override
            void end(Wire wire) throws IOException {
                wire.reset();
            }
        },
        HALF_CLOSE {
            @Override
            void end(Wire wire) throws IOException {
                wire.endOutput();
            }
        },
        RESET_AMID_ITS_OWN_MESSAGES {
            @Override
            void end(Wire wire) throws IOException {
                for (int i = 0; i < 5; i++) {
                    wire.send("{\"type\":\"message\",\"data\":{\"roomId\":\"rough\",\"message\":\"x\"}}");
                }
                wire.reset();
            }
        };

        abstract void end(Wire wire) throws IOException;
    }

    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = Servers.on(folder).start();
        connected(1).getFirst().close(); // what is opened once and kept belongs to the baseline
        Await.until("nobody is there", () -> server.metric("peal_sessions") == 0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOf(End end) throws IOException {
        long before = server.files();
        List<Wire> wires = connected(CLIENTS);
        assertThat(server.metric("peal_sessions")).isEqualTo(CLIENTS);
        for (Wire wire : wires) {
            end.end(wire);
        }
        Await.until("their sessions are gone", () -> server.metric("peal_sessions") == 0);
        Await.until("their room is gone", () -> server.metric("peal_rooms") == 0);
        Await.until("their files are closed", () -> server.files() <= before);
        for (Wire wire : wires) {
            wire.close();
        }
        try (Fleet after = Fleet.launch(Fleet.Shape.of("after-" + end.ordinal() + "-", 2, 1), 1, server.port())) {
            after.publishing(4, 100);
            after.awaitAll("it serves as before", client -> client.acked() == 100);
            assertThat(after.anomalies(server.port())).isEmpty();
        }
        Await.until("nobody is there", () -> server.metric("peal_sessions") == 0);
    }

    private static List<Wire> connected(int count) throws IOException {
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Wire wire = Wire.connect(server.port(), SILENCE_MILLIS_MAX);
            wire.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"rough\"}}");
            wire.next("joined");
            wires.add(wire);
        }
        return wires;
    }
}
