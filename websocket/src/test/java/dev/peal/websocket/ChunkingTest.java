package dev.peal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Where TCP cuts the stream makes no difference: a stream fed whole, and fed in random pieces, tells the same. */
final class ChunkingTest {
    private static final WebSocketLimits LIMITS = new WebSocketLimits(70_000, 200_000, 50, 30_000, 200);
    private static final int TRIES = Boolean.getBoolean("peal.nightly") ? 100_000 : 1_000;

    /** Each try compares ten ways of cutting: 10,000 here, 1,000,000 nightly. */
    @Property(tries = 1)
    void eventsDoNotDependOnCuts(@ForAll long seed) {
        Random seeds = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            long one = seeds.nextLong();
            byte[] stream = stream(new Random(one));
            List<String> whole = events(stream, new Random(one), stream.length);
            for (int most = 1; most <= 512; most *= 2) {
                assertThat(events(stream, new Random(one + most), most))
                        .as("stream of seed %d in pieces of up to %d bytes", one, most)
                        .isEqualTo(whole);
            }
        }
    }

    private static List<String> events(byte[] stream, Random random, int pieceMax) {
        try (Peer peer = new Peer(LIMITS, true)) {
            for (int at = 0; at < stream.length; ) {
                int end = Math.min(
                        stream.length, at + 1 + (pieceMax == stream.length ? pieceMax : random.nextInt(pieceMax)));
                peer.reader.read(Unpooled.wrappedBuffer(Arrays.copyOfRange(stream, at, end)), peer.events);
                at = end;
            }
            return new ArrayList<>(peer.events.lines);
        }
    }

    /** Mostly legal messages of all kinds; in one of four streams some byte is broken. */
    private static byte[] stream(Random random) {
        try (Peer peer = new Peer(LIMITS, true)) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                message(peer, random);
            }
            if (random.nextInt(3) == 0) {
                peer.frame(Opcode.FIN | Opcode.CLOSE, new byte[] {3, (byte) 0xE8});
            }
            byte[] bytes = peer.take();
            if (random.nextInt(4) == 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return bytes;
        }
    }

    private static void message(Peer peer, Random random) {
        boolean text = random.nextBoolean();
        byte[] payload = payload(random, text);
        boolean deflate = random.nextBoolean();
        byte[] wire = deflate ? Peer.deflated(payload) : payload;
        int first = (text ? Opcode.TEXT : Opcode.BINARY) | (deflate ? Opcode.RSV1 : 0);
        int at = 0;
        while (true) {
            int end = random.nextInt(3) == 0 ? wire.length : at + random.nextInt(wire.length - at + 1);
            boolean last = end == wire.length && random.nextInt(4) != 0;
            peer.frame(first | (last ? Opcode.FIN : 0), Arrays.copyOfRange(wire, at, end));
            if (last) {
                return;
            }
            if (random.nextInt(4) == 0) {
                peer.frame(Opcode.FIN | Opcode.PING, new byte[random.nextInt(126)]);
            }
            first = Opcode.CONTINUATION;
            at = end;
        }
    }

    private static byte[] payload(Random random, boolean text) {
        int size = random.nextInt(20) == 0 ? 60_000 + random.nextInt(9_000) : random.nextInt(300);
        if (!text) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            return bytes;
        }
        StringBuilder points = new StringBuilder();
        while (points.length() < size / 4) {
            points.appendCodePoint(random.nextInt(3) == 0 ? 0x1F600 + random.nextInt(64) : 'a' + random.nextInt(26));
        }
        return points.toString().getBytes(StandardCharsets.UTF_8);
    }
}
