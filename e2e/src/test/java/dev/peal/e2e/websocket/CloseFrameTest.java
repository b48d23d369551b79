package dev.peal.e2e.websocket;

import static dev.peal.e2e.websocket.WireClient.BINARY;
import static dev.peal.e2e.websocket.WireClient.CLOSE;
import static dev.peal.e2e.websocket.WireClient.FIN;
import static dev.peal.e2e.websocket.WireClient.PING;
import static dev.peal.e2e.websocket.WireClient.RSV1;
import static dev.peal.e2e.websocket.WireClient.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import dev.peal.websocket.WebSocketLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever ends a connection, its close frame comes with the right code, then FIN, and never a reset: also with much unread input behind the error, which is what
 * makes a careless server's kernel answer RST. 1,000 errors provoked here, 10,000 nightly.
 */
final class CloseFrameTest {
    private static final int PROVOKED = Boolean.getBoolean("peal.nightly") ? 10_000 : 1_000;
    private static final WebSocketLimits LIMITS = new WebSocketLimits(64 << 10, 256 << 10, 1_024, 60_000, 100);
    private static final WebSocketLimits IMPATIENT = new WebSocketLimits(64 << 10, 256 << 10, 1_024, 1_000, 100);
    private static final byte[] UNREAD = WireClient.frame(FIN | BINARY, new byte[60_000]);

    private static EchoServer server;

    /** What a client does, and the code that it must be given. */
    private record Provocation(String what, int code, byte[] bytes) {}

    @BeforeAll
    static void start() {
        server = EchoServer.start(EchoServer.config(LIMITS, EchoServer.DEFLATE_ALL));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Provocation> provocations() {
        List<Provocation> all = new ArrayList<>();
        for (String hex :
                List.of("b1", "a1", "91", "83", "8b", "09", "80", "8101", "89fe", "81fe0001", "81ff8000000000000000")) {
            all.add(new Provocation("frame " + hex, 1002, HexFormat.of().parseHex(hex)));
        }
        all.add(new Provocation("compressed ping", 1002, WireClient.frame(FIN | RSV1 | PING, new byte[0])));
        all.add(new Provocation(
                "compressed continuation", 1002, join(WireClient.frame(TEXT, new byte[1]), new byte[] {(byte) 0xC0})));
        all.add(new Provocation(
                "message in a message",
                1002,
                join(WireClient.frame(TEXT, new byte[1]), WireClient.frame(TEXT, new byte[1]))));
        all.add(new Provocation("half a close code", 1002, WireClient.frame(FIN | CLOSE, new byte[1])));
        all.add(new Provocation("close code 1005", 1002, WireClient.frame(FIN | CLOSE, new byte[] {3, (byte) 0xED})));
        all.add(new Provocation("broken reason", 1007, WireClient.frame(FIN | CLOSE, new byte[] {3, (byte) 0xE8, -1})));
        all.add(new Provocation("broken text", 1007, WireClient.frame(FIN | TEXT, new byte[] {'a', -1})));
        all.add(new Provocation("broken deflate", 1007, WireClient.frame(FIN | RSV1 | TEXT, new byte[] {-1, -1})));
        all.add(new Provocation("1,025 fragments", 1008, fragments(1_025)));
        all.add(new Provocation("101 pings", 1008, repeat(WireClient.frame(FIN | PING, new byte[0]), 101)));
        all.add(new Provocation("long frame", 1009, HexFormat.of().parseHex("82ff0000000000010001")));
        all.add(new Provocation("2^31", 1009, HexFormat.of().parseHex("82ff0000000080000000")));
        all.add(new Provocation("2^63 - 1", 1009, HexFormat.of().parseHex("82ff7fffffffffffffff")));
        all.add(new Provocation(
                "long message",
                1009,
                join(
                        repeat(WireClient.frame(BINARY, new byte[60_000]), 1),
                        repeat(WireClient.frame(0, new byte[60_000]), 4))));
        for (int code : new int[] {1000, 1001, 1003, 1008, 1009, 1011, 1012, 1013, 4001, 4401}) {
            all.add(new Provocation(
                    "order",
                    code,
                    WireClient.frame(FIN | TEXT, ("close " + code).getBytes(StandardCharsets.US_ASCII))));
        }
        all.add(new Provocation(
                "a bug", 1011, WireClient.frame(FIN | TEXT, "throw".getBytes(StandardCharsets.US_ASCII))));
        return all;
    }

    @Test
    void everyErrorHasItsCodeOnTheWireBeforeFin() throws IOException {
        List<Provocation> all = provocations();
        for (int i = 0; i < PROVOKED; i++) {
            Provocation one = all.get(i % all.size());
            boolean unread = i / all.size() % 2 == 1;
            try (WireClient client = WireClient.connect(server.port(), "permessage-deflate")) {
                client.raw(one.bytes);
                if (unread) {
                    client.raw(UNREAD);
                }
                assertThat(untilClose(client)).as(one.what).isEqualTo(one.code);
                if (one.what.equals("order")) {
                    client.send(FIN | CLOSE, new byte[] {3, (byte) 0xE8});
                }
                assertThat(client.read()).as("end after " + one.what).isEmpty();
            }
        }
        Await.until("all gone", () -> server.open.get() == 0);
    }

    @Test
    void aSlowMessageIsEnded() throws IOException {
        try (EchoServer impatient = EchoServer.start(EchoServer.config(IMPATIENT, EchoServer.DEFLATE_ALL));
                WireClient client = WireClient.connect(impatient.port(), "")) {
            client.send(TEXT, "begun");
            assertThat(untilClose(client)).isEqualTo(1008);
            assertThat(client.read()).isEmpty();
        }
    }

    @Test
    void aCloseIsAnsweredWithItsCode() throws IOException {
        for (int code : new int[] {1000, 1001, 3000, 4999}) {
            try (WireClient client = WireClient.connect(server.port(), "")) {
                client.send(
                        FIN | CLOSE,
                        ByteBuffer.allocate(5)
                                .putShort((short) code)
                                .put(new byte[] {'b', 'y', 'e'})
                                .array());
                assertThat(untilClose(client)).isEqualTo(code);
                assertThat(client.read()).isEmpty();
            }
        }
        try (WireClient client = WireClient.connect(server.port(), "")) {
            client.send(FIN | CLOSE, "");
            assertThat(client.read().orElseThrow().payload()).isEmpty();
            assertThat(client.read()).isEmpty();
        }
    }

    @Test
    void aCloseIsAnsweredToAClientThatHasEndedItsHalf() throws IOException {
        try (WireClient client = WireClient.connect(server.port(), "")) {
            client.send(FIN | TEXT, "last words");
            client.send(FIN | CLOSE, new byte[] {3, (byte) 0xE8});
            client.endOutput();
            assertThat(new String(client.read().orElseThrow().payload(), StandardCharsets.UTF_8))
                    .isEqualTo("last words");
            assertThat(untilClose(client)).isEqualTo(1000);
            assertThat(client.read()).isEmpty();
        }
    }

    @Test
    void aPeerThatDoesNotAnswerACloseIsLeftBehind() throws IOException {
        try (WireClient client = WireClient.connect(server.port(), "")) {
            client.send(FIN | TEXT, "close 1001");
            assertThat(untilClose(client)).isEqualTo(1001);
            assertThat(client.read()).isEmpty(); // two seconds later
        }
    }

    private static int untilClose(WireClient client) throws IOException {
        while (true) {
            Optional<WireClient.Frame> frame = client.read();
            if (frame.isEmpty()) {
                throw new IOException("the connection ended without a close frame");
            }
            if (frame.get().opcode() == CLOSE) {
                return frame.get().closeCode();
            }
        }
    }

    private static byte[] fragments(int count) {
        return join(WireClient.frame(TEXT, new byte[0]), repeat(WireClient.frame(0, new byte[0]), count - 1));
    }

    private static byte[] repeat(byte[] frame, int times) {
        byte[] all = new byte[frame.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return all;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
