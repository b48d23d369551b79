package dev.peal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageDeflaterTest {
    private static final DeflateConfig ALWAYS = new DeflateConfig(true, 0, 6, 7, 15, 15, 10);

    @Property(tries = 100)
    void theJdkReadsEveryMessageByItself(
            @ForAll long seed,
            @ForAll @IntRange(min = 8, max = 15) int bits,
            @ForAll @IntRange(max = 60_000) int size) {
        MessageDeflater deflater = deflater(ALWAYS);
        try (MessageInflater inflater = new MessageInflater()) {
            for (int i = 0; i < 3; i++) { // the same words again: a later message must not refer to an earlier one
                ByteBuf message = words(new Random(seed), size);
                ByteBuf wire = Unpooled.buffer();
                if (deflater.deflate(message, wire, bits)) {
                    ByteBuf back = Unpooled.buffer();
                    assertThat(inflater.inflate(wire, back, size, 0)).isEqualTo(MessageInflater.OK);
                    assertThat(back).isEqualTo(message);
                    assertThat(farthestReference(wire)).isLessThanOrEqualTo(1 << bits);
                } else {
                    assertThat(wire.isReadable()).isFalse();
                }
                assertThat(message.readableBytes()).isEqualTo(size);
            }
        }
    }

    @Test
    void sameMessageSameBytes() {
        MessageDeflater deflater = deflater(ALWAYS);
        ByteBuf first = Unpooled.buffer();
        ByteBuf second = Unpooled.buffer();
        deflater.deflate(words(new Random(1), 5_000), first, 15);
        deflater.deflate(words(new Random(2), 90_000), Unpooled.buffer(), 15);
        deflater.deflate(words(new Random(1), 5_000), second, 15);
        assertThat(second.readableBytes()).isEqualTo(first.readableBytes());
    }

    @Test
    void aMessageBelowTheThresholdStaysPlain() {
        MessageDeflater deflater = deflater(DeflateConfig.DEFAULT);
        ByteBuf out = Unpooled.buffer().writeByte(1);
        assertThat(deflater.deflate(Unpooled.wrappedBuffer(new byte[1_023]), out, 15))
                .isFalse();
        assertThat(out.readableBytes()).isEqualTo(1);
        assertThat(deflater.deflate(Unpooled.wrappedBuffer(new byte[1_024]), out, 15))
                .isTrue();
    }

    @Test
    void whatDoesNotShrinkStaysPlain() {
        byte[] noise = new byte[20_000];
        new Random(3).nextBytes(noise);
        MessageDeflater deflater = deflater(ALWAYS);
        ByteBuf out = Unpooled.buffer();
        assertThat(deflater.deflate(Unpooled.wrappedBuffer(noise), out, 15)).isFalse();
        assertThat(deflater.deflate(Unpooled.EMPTY_BUFFER, out, 15)).isFalse();
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    void whatExceedsTheConcurrencyStaysPlain() {
        CompressionPermits permits = new CompressionPermits(1);
        MessageDeflater deflater = new MessageDeflater(ALWAYS, permits);
        ByteBuf message = Unpooled.wrappedBuffer(new byte[2_000]);
        assertThat(permits.tryAcquire()).isTrue();
        assertThat(deflater.deflate(message, Unpooled.buffer(), 15)).isFalse();
        permits.release();
        for (int i = 0; i < 3; i++) { // and each compression gives its permit back
            assertThat(deflater.deflate(message, Unpooled.buffer(), 15)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 12, 15})
    void sizesAroundTheChunkAreWhole(int bits) {
        MessageDeflater deflater = deflater(ALWAYS);
        try (MessageInflater inflater = new MessageInflater()) {
            for (int size : new int[] {1, 250, 256, 8_191, 8_192, 8_193, 16_384, 70_000}) {
                ByteBuf message = words(new Random(size), size);
                ByteBuf wire = Unpooled.buffer();
                if (deflater.deflate(message, wire, bits)) {
                    ByteBuf back = Unpooled.buffer();
                    assertThat(inflater.inflate(wire, back, size, 0)).isEqualTo(MessageInflater.OK);
                    assertThat(back).isEqualTo(message);
                }
            }
        }
    }

    private static MessageDeflater deflater(DeflateConfig config) {
        return new MessageDeflater(config, new CompressionPermits(config.concurrentMax()));
    }

    private static ByteBuf words(Random random, int size) {
        ByteBuf out = Unpooled.buffer(size + 32);
        while (out.readableBytes() < size) {
            out.writeCharSequence(Integer.toString(random.nextInt(5_000), 36) + ' ', StandardCharsets.US_ASCII);
        }
        return out.writerIndex(size);
    }

    /** Reads the deflate stream as RFC 1951 describes it and returns the largest distance in it. */
    private static int farthestReference(ByteBuf wire) {
        byte[] bytes = new byte[wire.readableBytes()];
        wire.getBytes(wire.readerIndex(), bytes);
        return DeflateDistances.farthest(bytes);
    }
}
