package dev.peal.websocket;

import static dev.peal.websocket.Opcode.BINARY;
import static dev.peal.websocket.Opcode.CONTINUATION;
import static dev.peal.websocket.Opcode.FIN;
import static dev.peal.websocket.Opcode.RSV1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Messages that are small on the wire and large, or slow, to inflate: one violation, at most twice the limit of memory, and nothing
 * inflated after it. Time is asserted nightly only.
 */
final class BombTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("peal.nightly");
    private static final int LIMIT = 1 << 20;
    private static final byte[] SIXTY_FOUR_MIB = Peer.deflated(new byte[64 << 20]);
    private static final long CPU_NANOS_MAX = 50_000_000;

    @Test
    void wholeBomb() {
        assertThat(SIXTY_FOUR_MIB.length).isLessThan(66 << 10);
        explode("violation 1009 message too big", peer -> peer.frame(FIN | RSV1 | BINARY, SIXTY_FOUR_MIB));
    }

    @Test
    void fragmentedBomb() {
        explode("violation 1009 message too big", peer -> {
            int size = 100;
            peer.frame(RSV1 | BINARY, "");
            for (int at = 0; at < SIXTY_FOUR_MIB.length; at += size) {
                peer.frame(
                        CONTINUATION,
                        Arrays.copyOfRange(SIXTY_FOUR_MIB, at, Math.min(SIXTY_FOUR_MIB.length, at + size)));
            }
            peer.frame(FIN, "");
        });
    }

    @Test
    void bombInTheContextOfAnEarlierMessage() {
        Deflater deflater = new Deflater(9, true);
        byte[] noise = new byte[16 << 10];
        new Random(1).nextBytes(noise);
        byte[] first = Peer.deflated(deflater, noise);
        byte[] second = Peer.deflated(deflater, noise);
        deflater.end();
        explode("violation 1007 invalid deflate data", peer -> {
            peer.frame(FIN | RSV1 | BINARY, first).send();
            peer.events.lines.clear();
            peer.frame(FIN | RSV1 | BINARY, second);
        });
    }

    @Test
    void nestedEmptyFinalBlocks() {
        byte[] blocks = repeated("03 00", 100_000);
        explode("violation 1008 too many final blocks", peer -> peer.frame(FIN | RSV1 | BINARY, blocks));
    }

    @Test
    void finalBlocksThatEachCarryAWindow() {
        byte[] window = Peer.deflated(new byte[32 << 10]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(window);
        out.writeBytes(repeated("00 00 00 ff ff", 1));
        out.writeBytes(repeated("03 00", 100_000));
        explode("violation 1007 invalid deflate data", peer -> peer.frame(FIN | RSV1 | BINARY, out.toByteArray()));
    }

    @Test
    void emptyStoredBlocks() {
        byte[] blocks = repeated("00 00 00 ff ff", 50_000);
        explode("binary ", peer -> peer.frame(FIN | RSV1 | BINARY, concat(blocks, new byte[] {0})));
    }

    @Test
    void manySmallBlocks() {
        Deflater deflater = new Deflater(9, true);
        byte[] text = new byte[300];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (i * 7 % 97);
        }
        byte[] one = concat(Peer.deflated(deflater, text), Peer.bytes("00 00 ff ff"));
        deflater.end();
        int times = (250 << 10) / one.length;
        byte[] many = new byte[one.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(one, 0, many, i * one.length, one.length);
        }
        explode(null, peer -> peer.frame(FIN | RSV1 | BINARY, concat(many, new byte[] {0})));
    }

    private static void explode(@Nullable String event, Consumer<Peer> bomb) {
        for (int round = NIGHTLY ? 20 : 1; round > 0; round--) { // the first rounds warm up; the last one is timed
            try (Peer peer = new Peer(new WebSocketLimits(256 << 10, LIMIT, 1_024, 30_000, 10), true)) {
                bomb.accept(peer);
                Peak allocator = new Peak();
                Events events = new Events();
                MessageReader reader = new MessageReader(
                        new ReaderContext(
                                new WebSocketLimits(256 << 10, LIMIT, 1_024, 30_000, 10),
                                true,
                                peer.inflater,
                                allocator,
                                () -> 1),
                        true);
                ByteBuf in = Unpooled.wrappedBuffer(peer.take());
                long started = System.nanoTime();
                reader.read(in, events);
                long took = System.nanoTime() - started;
                long peak = allocator.peak;
                if (event != null) {
                    assertThat(events.lines).hasSize(1).allMatch(line -> line.equals(event), event);
                }
                assertThat(peak).isLessThanOrEqualTo(2L * LIMIT + 2);
                if (NIGHTLY && round == 1) {
                    assertThat(took).isLessThan(CPU_NANOS_MAX);
                }
                nothingMoreIsInflated(reader, allocator, events);
                assertThat(allocator.used).isZero();
            }
        }
    }

    private static void nothingMoreIsInflated(MessageReader reader, Peak allocator, Events events) {
        if (events.lines.getLast().startsWith("violation")) {
            allocator.peak = 0;
            ByteBuf more = Unpooled.buffer();
            FrameWriter.masked(more, FIN | RSV1 | BINARY, Unpooled.wrappedBuffer(SIXTY_FOUR_MIB), 7);
            reader.read(more, events);
            assertThat(events.lines).hasSize(1);
            assertThat(allocator.peak).isZero();
        }
    }

    private static byte[] repeated(String hex, int times) {
        byte[] one = Peer.bytes(hex);
        byte[] all = new byte[one.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = one[i % one.length];
        }
        return all;
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** Remembers the most that was in use at once. */
    private static final class Peak extends AbstractByteBufAllocator {
        private final UnpooledByteBufAllocator real = new UnpooledByteBufAllocator(false, true);
        private long peak;
        private long used;

        @Override
        protected ByteBuf newHeapBuffer(int initial, int max) {
            return watched(initial, max);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initial, int max) {
            return watched(initial, max);
        }

        private ByteBuf watched(int initial, int max) {
            return new UnpooledHeapByteBuf(real, initial, max) {
                @Override
                protected byte[] allocateArray(int bytes) {
                    used += bytes;
                    peak = Math.max(peak, used);
                    return super.allocateArray(bytes);
                }

                @Override
                protected void freeArray(byte[] array) {
                    used -= array.length;
                    super.freeArray(array);
                }
            };
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
