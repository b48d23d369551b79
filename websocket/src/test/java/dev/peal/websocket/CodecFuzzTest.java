package dev.peal.websocket;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;

/** Any bytes, cut anywhere: no exception, no leak, nothing after the last event, and no difference from the same bytes whole. */
final class CodecFuzzTest {
    private static final WebSocketLimits LIMITS = new WebSocketLimits(4_096, 16_384, 64, 30_000, 50);

    @FuzzTest(maxDuration = "10m")
    void framesAndInflate(FuzzedDataProvider data) {
        boolean deflate = data.consumeBoolean();
        int piece = data.consumeInt(1, 64);
        byte[] stream = data.consumeRemainingAsBytes();
        List<String> whole = events(stream, deflate, Math.max(1, stream.length));
        List<String> pieces = events(stream, deflate, piece);
        if (!whole.equals(pieces)) {
            throw new AssertionError("whole: " + whole + ", in pieces of " + piece + ": " + pieces);
        }
    }

    /** Compressed messages built around the input, so that the fuzzer need not find the frame around them. */
    @FuzzTest(maxDuration = "10m")
    void inflate(byte[] wire) {
        try (Peer peer = new Peer(LIMITS, true)) {
            peer.frame(Opcode.RSV1 | Opcode.BINARY, Arrays.copyOf(wire, wire.length / 2));
            peer.frame(Opcode.FIN, Arrays.copyOfRange(wire, wire.length / 2, wire.length));
            assertLast(peer.send());
        }
    }

    private static List<String> events(byte[] stream, boolean deflate, int piece) {
        try (Peer peer = new Peer(LIMITS, deflate)) {
            for (int at = 0; at < stream.length; at += piece) {
                byte[] bytes = Arrays.copyOfRange(stream, at, Math.min(stream.length, at + piece));
                peer.reader.read(Unpooled.wrappedBuffer(bytes), peer.events);
            }
            assertLast(peer.events.lines);
            return List.copyOf(peer.events.lines);
        }
    }

    private static void assertLast(List<String> lines) {
        for (String line : lines.subList(0, Math.max(0, lines.size() - 1))) {
            if (line.startsWith("violation") || line.startsWith("close")) {
                throw new AssertionError("something followed " + line);
            }
        }
    }
}
