package dev.peal.e2e.websocket;

import static dev.peal.e2e.websocket.WireClient.CLOSE;
import static dev.peal.e2e.websocket.WireClient.FIN;
import static dev.peal.e2e.websocket.WireClient.TEXT;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.peal.testkit.Await;
import dev.peal.websocket.WebSocketLimits;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that end badly leave nothing behind: 200 of each kind here, 10,000 nightly, and the descriptors are back at what they were. */
final class AbandonedConnectionsTest {
    private static final int CONNECTIONS = Boolean.getBoolean("peal.nightly") ? 10_000 : 200;
    private static final int AT_ONCE = 100;
    private static final Duration BASELINE_WITHIN = Duration.ofSeconds(10);
    private static final File DESCRIPTORS = new File("/proc/self/fd");

    private enum Ending {
        /** A close frame is sent and its answer never read; our half stays open. */
        CLOSE_AND_WAIT,
        /** The server's close frame is never answered. */
        IGNORE_CLOSE,
        /** Only our half is ended, in the middle of a message. */
        HALF_CLOSE,
        RESET,
        /** A reset in the middle of a frame. */
        RESET_INSIDE;

        void leave(WireClient client) throws IOException {
            switch (this) {
                case CLOSE_AND_WAIT -> client.send(FIN | CLOSE, new byte[] {3, (byte) 0xE8});
                case IGNORE_CLOSE -> client.send(FIN | TEXT, "close 1001");
                case HALF_CLOSE -> {
                    client.send(TEXT, "unfinished");
                    client.endOutput();
                }
                case RESET -> client.reset();
                case RESET_INSIDE -> {
                    client.raw(new byte[] {(byte) 0x81, (byte) 0xFE, 1});
                    client.reset();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void leaveNothingBehind(Ending ending) throws IOException {
        assumeThat(DESCRIPTORS).as("not run: needs /proc").isDirectory();
        try (EchoServer server = EchoServer.start(EchoServer.config(WebSocketLimits.DEFAULT, EchoServer.DEFLATE_ALL))) {
            WireClient.connect(server.port(), "").reset();
            Await.until("the first is gone", () -> server.open.get() == 0);
            int before = descriptors();
            for (int done = 0; done < CONNECTIONS; done += AT_ONCE) {
                abandon(server, ending);
            }
            Await.until("descriptors back at " + before, BASELINE_WITHIN, () -> descriptors() <= before);
        }
    }

    private static void abandon(EchoServer server, Ending ending) throws IOException {
        List<WireClient> clients = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            clients.add(WireClient.connect(server.port(), ""));
        }
        for (WireClient client : clients) {
            ending.leave(client);
        }
        // The clients' own ends stay open meanwhile: it is the server that must let go.
        Await.until(
                "the server has let go", BASELINE_WITHIN, () -> server.open.get() == 0 && server.connections() == 0);
        for (WireClient client : clients) {
            client.close();
        }
    }

    private static int descriptors() {
        String[] open = DESCRIPTORS.list();
        return open == null ? 0 : open.length;
    }
}
