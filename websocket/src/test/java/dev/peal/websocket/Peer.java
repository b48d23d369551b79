package dev.peal.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;

/** A client that talks to one server-side reader: its own frames, its own compression, a clock that is moved by hand. */
final class Peer implements AutoCloseable {
    static final WebSocketLimits SMALL = new WebSocketLimits(1_000, 4_000, 8, 30_000, 10);

    final Events events = new Events();
    final AtomicLong nanos = new AtomicLong(1);
    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    final MessageInflater inflater = new MessageInflater();
    final MessageReader reader;
    private final ByteBuf pending = Unpooled.buffer();
    private int mask = 0x9A3C11F7;

    Peer(WebSocketLimits limits, boolean deflate) {
        reader = new MessageReader(new ReaderContext(limits, true, inflater, allocator, nanos::get), deflate);
    }

    static Peer plain() {
        return new Peer(WebSocketLimits.DEFAULT, false);
    }

    static Peer deflating() {
        return new Peer(WebSocketLimits.DEFAULT, true);
    }

    /** Adds a masked frame to what is to be sent. */
    Peer frame(int first, byte[] payload) {
        mask = mask * 31 + 17;
        FrameWriter.masked(pending, first, Unpooled.wrappedBuffer(payload), mask);
        return this;
    }

    Peer frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds bytes written as hexadecimal digits; spaces are ignored. */
    Peer raw(String hex) {
        pending.writeBytes(bytes(hex));
        return this;
    }

    Peer raw(byte[] bytes) {
        pending.writeBytes(bytes);
        return this;
    }

    /** What was added and not sent. */
    byte[] take() {
        byte[] bytes = new byte[pending.readableBytes()];
        pending.readBytes(bytes).clear();
        return bytes;
    }

    /** Sends all that was added, in one piece; returns the events so far. */
    List<String> send() {
        reader.read(pending, events);
        pending.clear();
        return events.lines;
    }

    /** Sends all that was added, a byte at a time. */
    List<String> sendByteByByte() {
        for (byte b : take()) {
            reader.read(Unpooled.wrappedBuffer(new byte[] {b}), events);
        }
        return events.lines;
    }

    long held() {
        return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    }

    @Override
    public void close() {
        reader.close();
        inflater.close();
        if (held() != 0) {
            throw new AssertionError(held() + " bytes leaked");
        }
    }

    static byte[] bytes(String hex) {
        String digits = hex.replace(" ", "");
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    /** A message deflated by the JDK's zlib, its last four bytes cut off as RFC 7692, section 7.2.1, wants. */
    static byte[] deflated(byte[] message) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            return deflated(deflater, message);
        } finally {
            deflater.end();
        }
    }

    /** As {@link #deflated(byte[])}, with the context that the deflater has from earlier messages. */
    static byte[] deflated(Deflater deflater, byte[] message) {
        deflater.setInput(message);
        ByteBuf out = Unpooled.buffer();
        byte[] chunk = new byte[4_096];
        int n;
        do {
            n = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            out.writeBytes(chunk, 0, n);
        } while (n == chunk.length);
        byte[] bytes = new byte[out.readableBytes() - 4];
        out.readBytes(bytes);
        return bytes;
    }

    static ByteBufAllocator unpooled() {
        return UnpooledByteBufAllocator.DEFAULT;
    }
}
