package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * PROMISES 69 on a whole server and a real socket: a reader takes nothing while the market goes on, until what the kernel holds for it is full and the server has to hold
 * back. Then it reads on: nothing is older than what came before, what is missing is told exactly, and in the end it has what others have.
 */
final class StalledMarketReaderTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern OUTBOX = Pattern.compile("(?m)^peal_outbox_bytes ([0-9.E]+)$");
    private static final int FULL_BYTES = 64 << 10;

    @TempDir
    private Path folder;

    @Test
    void aReaderThatStalledComesToTheNewestAndKnowsWhatWasLeftOut() throws IOException, InterruptedException {
        try (PealServer server = PealServer.builder()
                        .set("server.port", "0")
                        .set("server.transport", "nio")
                        .set("server.data", folder.resolve("data").toString())
                        .set("limits.outboxStall", "1h")
                        .start();
                WsClient witness = WsClient.connect(URI.create("ws://localhost:" + server.port() + "/stream"));
                Reader reader = new Reader(server.port())) {
            reader.subscribe();
            witness.send("{\"action\":\"subscribe\",\"symbol\":\"BTC-USD\",\"channels\":[\"trades\"]}");
            long pending = outboxBytes(server);
            while (pending <= FULL_BYTES) {
                witness.await("trade"); // the market's own time passes
                pending = outboxBytes(server);
            }
            long trade = 0;
            for (int i = 0; i < 20; i++) {
                trade = witness.await("trade").path("sequence").asLong();
            }
            assertThat(outboxBytes(server))
                    .as("what waits for a reader that stalls stays bounded")
                    .isLessThan(4L * FULL_BYTES);
            while (reader.sequence("BTC-USD", "trades") < trade) {
                reader.read();
            }
            assertThat(reader.skipped).isPositive();
        }
    }

    private static long outboxBytes(PealServer server) throws IOException, InterruptedException {
        HttpRequest metrics =
                HttpRequest.newBuilder(server.uri().resolve("/metrics")).build();
        Matcher found = OUTBOX.matcher(
                HTTP.send(metrics, HttpResponse.BodyHandlers.ofString()).body());
        assertThat(found.find()).isTrue();
        return (long) Double.parseDouble(found.group(1));
    }

    /** A client on a bare socket, that reads when it is asked to and keeps account. */
    private static final class Reader implements AutoCloseable {
        private static final byte[] MASK = {0, 0, 0, 0};

        private final Socket socket = new Socket();
        private final DataInputStream in;
        private final Map<String, Long> sequences = new HashMap<>();
        private long skipped;

        private Reader(int port) throws IOException {
            socket.setReceiveBufferSize(8 << 10);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(20_000);
            in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream()
                    .write(("GET /stream HTTP/1.1\r\nHost: localhost:" + port
                                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                                    + "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            for (int newlines = 0; newlines < 2; ) {
                int next = in.read();
                newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
            }
        }

        /** All symbols, all channels, whole books of all levels, as often as can be. */
        private void subscribe() throws IOException {
            for (String symbol : new String[] {"BTC-USD", "ETH-USD", "SOL-USD"}) {
                byte[] text = ("{\"action\":\"subscribe\",\"symbol\":\"" + symbol
                                + "\",\"depth\":0,\"maxUpdatesPerSecond\":1000}")
                        .getBytes(StandardCharsets.US_ASCII);
                byte[] frame = new byte[6 + text.length];
                frame[0] = (byte) 0x81;
                frame[1] = (byte) (0x80 | text.length);
                System.arraycopy(MASK, 0, frame, 2, 4);
                System.arraycopy(text, 0, frame, 6, text.length);
                socket.getOutputStream().write(frame);
            }
        }

        private long sequence(String symbol, String channel) {
            return sequences.getOrDefault(symbol + " " + channel, 0L);
        }

        private void read() throws IOException {
            int opcode = in.readUnsignedByte() & 15;
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = in.readNBytes(length);
            if (opcode == 1) {
                take(JsonMapper.shared().readTree(payload));
            } else {
                assertThat(opcode).as("a ping, no close").isEqualTo(9);
            }
        }

        private void take(JsonNode message) {
            String symbol = message.path("symbol").asString();
            switch (message.path("type").asString()) {
                case "price_update" -> follow(symbol, "price", message.path("sequence"), message.path("sequence"));
                case "trade" -> follow(symbol, "trades", message.path("sequence"), message.path("sequence"));
                case "order_book" -> {
                    follow(symbol, "book", message.path("sequence"), message.path("sequence"));
                    assertThat(message.at("/book/bids/0/0").asDouble())
                            .isLessThan(message.at("/book/asks/0/0").asDouble());
                }
                case "skipped" -> {
                    assertThat(message.path("count").asLong())
                            .isEqualTo(message.path("to").asLong()
                                    - message.path("from").asLong()
                                    + 1);
                    assertThat(message.path("channel").asString()).isNotEqualTo("trades");
                    skipped += message.path("count").asLong();
                    follow(symbol, message.path("channel").asString(), message.path("from"), message.path("to"));
                }
                default -> throw new AssertionError(message);
            }
        }

        /** One follows the other without a hole, whether it came or was told as left out. */
        private void follow(String symbol, String channel, JsonNode from, JsonNode to) {
            Long before = sequences.put(symbol + " " + channel, to.asLong());
            if (before != null) {
                assertThat(from.asLong()).as("%s %s", symbol, channel).isEqualTo(before + 1);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
