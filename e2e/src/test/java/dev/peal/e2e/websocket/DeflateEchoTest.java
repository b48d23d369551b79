package dev.peal.e2e.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sections 12 and 13 of the Autobahn suite, which its Maven plugin does not carry: compressed messages of five kinds of data, of many sizes, whole and cut into
 * frames, under all offers. 90 and 126 cases, each of 20 messages, or 1,000 nightly.
 */
final class DeflateEchoTest {
    private static final int MESSAGES = Boolean.getBoolean("peal.nightly") ? 1_000 : 20;
    private static final int LARGEST = 128 << 10;

    /** Message size, and size of a frame's part of the compressed bytes; 0 for one frame. */
    private static final int[][] SIZES = {
        {16, 0},
        {64, 0},
        {256, 0},
        {1 << 10, 0},
        {4 << 10, 0},
        {8 << 10, 0},
        {16 << 10, 0},
        {32 << 10, 0},
        {64 << 10, 0},
        {LARGEST, 0},
        {8 << 10, 256},
        {16 << 10, 256},
        {32 << 10, 256},
        {64 << 10, 256},
        {LARGEST, 256},
        {LARGEST, 1_024},
        {LARGEST, 4_096},
        {LARGEST, 32_768},
    };

    private static final List<String> OFFERS = List.of(
            "permessage-deflate",
            "permessage-deflate; server_no_context_takeover",
            "permessage-deflate; server_max_window_bits=9",
            "permessage-deflate; server_max_window_bits=15",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=9",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=15",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=9, "
                    + "permessage-deflate; server_no_context_takeover, permessage-deflate");

    private enum Data {
        JSON,
        IMAGE,
        PROSE,
        HTML,
        NOISE;

        boolean isText() {
            return this != IMAGE && this != NOISE;
        }

        byte[] generate() {
            Random random = new Random(ordinal());
            byte[] bytes = new byte[LARGEST];
            if (this == NOISE) {
                random.nextBytes(bytes);
                return bytes;
            }
            if (this == IMAGE) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (128 + 90 * Math.sin(i / 97.0) + random.nextInt(6));
                }
                return bytes;
            }
            StringBuilder text = new StringBuilder();
            while (text.length() < LARGEST) {
                String word = Integer.toString(random.nextInt(3_000), 36);
                text.append(
                        switch (this) {
                            case JSON ->
                                "{\"id\":%d,\"name\":\"%s\",\"tags\":[\"a\",\"%s\"]},"
                                        .formatted(random.nextInt(9_999), word, word);
                            case HTML -> "<li class=\"%s\"><a href=\"/%s\">%s</a></li>\n".formatted(word, word, word);
                            default -> word + (random.nextInt(9) == 0 ? ".\n" : " ");
                        });
            }
            return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), LARGEST);
        }
    }

    private static EchoServer server;

    /** One case: its name as in Autobahn, and what to do. */
    private record Case(String name, Data data, String offer, int size, int part) {
        @Override
        public String toString() {
            return "%s %s of %d in %s, %s".formatted(name, data, size, part == 0 ? "one" : "parts of " + part, offer);
        }
    }

    @BeforeAll
    static void start() {
        server = EchoServer.start(EchoServer.RAISED);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Case> section12() {
        List<Case> cases = new ArrayList<>();
        for (Data data : Data.values()) {
            for (int i = 0; i < SIZES.length; i++) {
                String name = "12." + (data.ordinal() + 1) + "." + (i + 1);
                cases.add(new Case(name, data, OFFERS.getFirst(), SIZES[i][0], SIZES[i][1]));
            }
        }
        return cases.stream();
    }

    static Stream<Case> section13() {
        List<Case> cases = new ArrayList<>();
        for (int offer = 0; offer < OFFERS.size(); offer++) {
            for (int i = 0; i < SIZES.length; i++) {
                String name = "13." + (offer + 1) + "." + (i + 1);
                cases.add(new Case(name, Data.JSON, OFFERS.get(offer), SIZES[i][0], SIZES[i][1]));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource({"section12", "section13"})
    void echoes(Case one) throws IOException {
        byte[] all = one.data.generate();
        Random offsets = new Random(one.name.hashCode());
        try (WireClient client = WireClient.connect(server.port(), one.offer)) {
            assertAgreed(one.offer, client.extensions());
            int compressed = 0;
            for (int i = 0; i < MESSAGES; i++) {
                int from = one.size == LARGEST ? 0 : offsets.nextInt(LARGEST - one.size);
                byte[] message = Arrays.copyOfRange(all, from, from + one.size);
                send(client, one, message);
                WireClient.Frame echo = client.read().orElseThrow();
                assertThat(echo.opcode()).isEqualTo(one.data.isText() ? WireClient.TEXT : WireClient.BINARY);
                assertThat(Arrays.equals(client.payload(echo, one.size), message))
                        .isTrue();
                compressed += echo.compressed() ? 1 : 0;
            }
            if (one.data != Data.NOISE && one.size >= 1_024) {
                assertThat(compressed).isEqualTo(MESSAGES);
            }
            client.send(WireClient.FIN | WireClient.CLOSE, new byte[] {3, (byte) 0xE8});
            assertThat(client.read().orElseThrow().closeCode()).isEqualTo(1000);
            assertThat(client.read()).isEmpty();
        }
    }

    private static void send(WireClient client, Case one, byte[] message) throws IOException {
        byte[] wire = client.deflate(message);
        int first = WireClient.RSV1 | (one.data.isText() ? WireClient.TEXT : WireClient.BINARY);
        int part = one.part == 0 ? wire.length : one.part;
        int at = 0;
        do {
            int end = Math.min(wire.length, at + part);
            client.send(first | (end == wire.length ? WireClient.FIN : 0), Arrays.copyOfRange(wire, at, end));
            first = 0;
            at = end;
        } while (at < wire.length);
    }

    /** A client may use the answer only if it grants the first offer as made (RFC 7692, section 7.1). */
    private static void assertAgreed(String offer, String answer) {
        String first = offer.split(",", 2)[0].toLowerCase(Locale.ROOT);
        assertThat(answer).startsWith("permessage-deflate").contains("client_no_context_takeover");
        for (String param : first.split(";", -1)) {
            assertThat(answer).contains(param.strip());
        }
        assertThat(answer.contains("server_max_window_bits")).isEqualTo(first.contains("server_max_window_bits"));
    }
}
