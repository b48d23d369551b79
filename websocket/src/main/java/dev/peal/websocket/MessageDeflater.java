package dev.peal.websocket;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.GZIPException;
import com.jcraft.jzlib.JZlib;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Deflates whole messages (RFC 7692, section 7.2.1) for one event loop, whatever the number of its connections: no message refers
 * to an earlier one, so that the bytes of one message are right for everyone who agreed on the same window bits.
 *
 * <p>jzlib rather than {@code java.util.zip}: it alone can set window bits and the memory level. Each message ends with a full
 * flush, which empties the hash table: what follows cannot refer back, and the deflater (about 200 KB) is used again without
 * being set up anew. For a window of 8 bits zlib's 9-bit deflater is right: it never refers further back than
 * 2^9 - 262 = 250 bytes (its lookahead is taken off the window), which is less than 2^8.
 */
public final class MessageDeflater {
    private static final int TAIL_BYTES = 4;
    private static final int CHUNK_BYTES = 8 << 10;
    private static final int BITS_MIN = 9;

    private final DeflateConfig config;
    private final CompressionPermits permits;
    private final @Nullable Deflater[] byBits = new @Nullable Deflater[16];
    private final byte[] input = new byte[CHUNK_BYTES];
    private final byte[] output = new byte[CHUNK_BYTES];

    public MessageDeflater(DeflateConfig config, CompressionPermits permits) {
        this.config = config;
        this.permits = permits;
    }

    /** Whether a message of so many bytes is to be deflated at all. */
    public boolean isWorthwhile(int bytes) {
        return bytes > 0 && bytes >= config.thresholdBytes();
    }

    /**
     * Appends the deflated readable bytes of {@code in} to {@code out}; {@code in} is left as it was.
     *
     * @param windowBits 8 to 15, as negotiated
     * @return false with {@code out} as it was: send the message plain, because it is below the threshold, would not become
     *     shorter, or too many compressions are running
     */
    public boolean deflate(ByteBuf in, ByteBuf out, int windowBits) {
        if (!isWorthwhile(in.readableBytes()) || !permits.tryAcquire()) {
            return false;
        }
        int start = out.writerIndex();
        int bits = Math.max(BITS_MIN, windowBits);
        Deflater deflater = byBits[bits] == null ? create(bits) : byBits[bits];
        byBits[bits] = null; // back only when it ended well: a broken one must not reach the next message
        try {
            run(deflater, in, out);
            byBits[bits] = deflater;
        } finally {
            permits.release();
        }
        out.writerIndex(out.writerIndex() - TAIL_BYTES);
        if (out.writerIndex() - start >= in.readableBytes()) {
            out.writerIndex(start);
            return false;
        }
        return true;
    }

    private void run(Deflater deflater, ByteBuf in, ByteBuf out) {
        int end = in.writerIndex();
        int at = in.readerIndex();
        do {
            int n = Math.min(CHUNK_BYTES, end - at);
            in.getBytes(at, input, 0, n);
            at += n;
            deflater.setInput(input, 0, n, false);
            drain(deflater, out, at == end ? JZlib.Z_FULL_FLUSH : JZlib.Z_NO_FLUSH);
        } while (at < end);
    }

    private void drain(Deflater deflater, ByteBuf out, int flush) {
        do {
            deflater.setOutput(output, 0, CHUNK_BYTES);
            int result = deflater.deflate(flush);
            if (result != JZlib.Z_OK && result != JZlib.Z_BUF_ERROR) {
                throw new IllegalStateException("deflate failed: " + result);
            }
            out.writeBytes(output, 0, CHUNK_BYTES - deflater.getAvailOut());
        } while (deflater.getAvailOut() == 0);
    }

    private Deflater create(int bits) {
        try {
            return new Deflater(config.level(), bits, config.memoryLevel(), JZlib.WrapperType.NONE);
        } catch (GZIPException e) {
            throw new IllegalStateException("a deflater of " + bits + " bits cannot be set up", e);
        }
    }
}
