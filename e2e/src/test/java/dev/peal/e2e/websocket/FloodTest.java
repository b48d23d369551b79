package dev.peal.e2e.websocket;

import static dev.peal.e2e.websocket.WireClient.BINARY;
import static dev.peal.e2e.websocket.WireClient.CLOSE;
import static dev.peal.e2e.websocket.WireClient.FIN;
import static dev.peal.e2e.websocket.WireClient.PING;
import static dev.peal.e2e.websocket.WireClient.PONG;
import static dev.peal.e2e.websocket.WireClient.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import dev.peal.websocket.DeflateConfig;
import dev.peal.websocket.WebSocketLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clients that send much and read nothing, or promise much and send nothing. */
final class FloodTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("peal.nightly");
    private static final long PENDING_MAX = 1 << 20;

    @Test
    void aPingFloodIsEndedByItsRate() throws IOException {
        try (EchoServer server = EchoServer.start(EchoServer.config(WebSocketLimits.DEFAULT, DeflateConfig.DISABLED));
                WireClient client = WireClient.connect(server.port(), "")) {
            byte[] pings = pings(1_000, 0);
            client.raw(pings);
            int pongs = 0;
            Optional<WireClient.Frame> frame = client.read();
            while (frame.isPresent() && frame.get().opcode() == PONG) {
                pongs++;
                frame = client.read();
            }
            assertThat(pongs).isEqualTo(100);
            assertThat(frame.orElseThrow().closeCode()).isEqualTo(1008);
            assertThat(client.read()).isEmpty();
        }
    }

    /** 8 MB of pings, 80 MB nightly, with no rate in the way: what is owed to a client that does not read stays bounded. */
    @Test
    void pongsDoNotPileUp() throws Exception {
        WebSocketLimits noRate = new WebSocketLimits(256 << 10, 1 << 20, 1_024, 30_000, 100_000_000);
        int batches = NIGHTLY ? 640 : 64;
        try (EchoServer server = EchoServer.start(EchoServer.config(noRate, DeflateConfig.DISABLED));
                WireClient client = WireClient.connect(server.port(), "")) {
            for (int i = 0; i < batches; i++) {
                client.raw(pings(1_000, i * 1_000));
            }
            client.send(FIN | TEXT, "done");
            int newest = -1;
            WireClient.Frame frame = client.read().orElseThrow();
            while (frame.opcode() != TEXT || newest < batches * 1_000 - 1) {
                if (frame.opcode() == PONG) {
                    int number = ByteBuffer.wrap(frame.payload()).getInt();
                    assertThat(number).isGreaterThan(newest);
                    newest = number;
                    if (newest == batches * 1_000 - 1) {
                        break;
                    }
                }
                frame = client.read().orElseThrow();
            }
            assertThat(server.pendingMax.get()).isBetween(1L, PENDING_MAX);
        }
    }

    @Test
    void aFloodOfFragmentsIsEndedAtThe1025th() throws IOException {
        try (EchoServer server = EchoServer.start(EchoServer.config(WebSocketLimits.DEFAULT, DeflateConfig.DISABLED))) {
            for (int bytes = 0; bytes <= 1; bytes++) {
                try (WireClient client = WireClient.connect(server.port(), "")) {
                    client.send(BINARY, new byte[bytes]);
                    for (int i = 0; i < 2_000; i++) {
                        client.send(0, new byte[bytes]);
                    }
                    assertThat(client.read().orElseThrow().closeCode()).isEqualTo(1008);
                    assertThat(client.read()).isEmpty();
                }
            }
        }
    }

    /** 200 connections, 1,000 nightly: each declares the largest frame and sends a byte of it; the server still answers at once. */
    @Test
    void liarsAboutLengthCostNothing() throws IOException {
        List<WireClient> liars = new ArrayList<>();
        try (EchoServer server = EchoServer.start(EchoServer.config(WebSocketLimits.DEFAULT, DeflateConfig.DISABLED))) {
            for (int i = 0; i < (NIGHTLY ? 1_000 : 200); i++) {
                WireClient liar = WireClient.connect(server.port(), "");
                liars.add(liar);
                liar.raw(HexFormat.of().parseHex("82ff00000000000400000000000061"));
            }
            try (WireClient honest = WireClient.connect(server.port(), "")) {
                honest.send(FIN | TEXT, "hello");
                assertThat(honest.read().orElseThrow().payload()).hasSize(5);
            }
            for (WireClient liar : liars) {
                liar.reset();
            }
            Await.until("liars gone", () -> server.open.get() == 0);
        }
    }

    @Test
    void aClientThatReadsNothingIsReadNoFurther() throws Exception {
        try (EchoServer server = EchoServer.start(EchoServer.RAISED);
                WireClient client = WireClient.connect(server.port(), "")) {
            byte[] message = new byte[1 << 20];
            Thread sender = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < 32; i++) {
                        client.send(FIN | BINARY, message);
                    }
                    client.send(FIN | CLOSE, new byte[] {3, (byte) 0xE8});
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Await.until("the server is full", () -> server.pendingMax.get() > EchoServer.PAUSE_BYTES);
            for (int i = 0; i < 32; i++) {
                assertThat(client.read().orElseThrow().payload()).hasSize(message.length);
            }
            assertThat(client.read().orElseThrow().closeCode()).isEqualTo(1000);
            sender.join();
            assertThat(server.pendingMax.get()).isLessThan(EchoServer.PAUSE_BYTES + 3L * message.length);
        }
    }

    private static byte[] pings(int count, int from) {
        ByteBuffer all = ByteBuffer.allocate(count * 131);
        byte[] payload = new byte[125];
        for (int i = 0; i < count; i++) {
            ByteBuffer.wrap(payload).putInt(from + i);
            all.put(WireClient.frame(FIN | PING, payload));
        }
        return all.array();
    }
}
