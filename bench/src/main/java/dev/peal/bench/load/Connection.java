package dev.peal.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: its socket, the bytes of a frame that has not come whole, the bytes that the socket did not take yet. Confined to the generator's
 * thread.
 */
final class Connection {
    private static final int SENDER_BYTES = 64 * 1024;
    private static final int LISTENER_BYTES = 1024;
    private static final byte[] NOTHING = {};

    final int number;
    final SocketChannel channel;
    boolean upgraded;
    boolean ready;
    boolean open = true;
    int setupStep;

    /** Whether this connection sends under load; only then is it searched for its own messages. */
    boolean sender;

    /** The eight bytes {@code #000012 } that mark this connection's own messages, as one little-endian number. */
    long tag;

    /** Messages sent and not yet seen again. */
    int inFlight;

    /** The newest revision that this connection has seen of its document. */
    long revision = 1;

    /** When the last of what is said before the load was sent. */
    long askedNanos;

    /** The id of the next request: nine digits, as a JSON number may not start with 0. */
    int nextId = 100_000_000;

    /** When each request in flight was sent, by id modulo the length. */
    long[] sentNanos = {};

    private byte[] kept = NOTHING;
    private int keptBytes;
    private @Nullable ByteBuffer out;
    private @Nullable SelectionKey key;

    Connection(int number, SocketChannel channel) {
        this.number = number;
        this.channel = channel;
    }

    void registered(SelectionKey selectionKey) {
        key = selectionKey;
    }

    /** Keeps the bytes from {@code at} to {@code end} for the next read. */
    void keep(ByteBuffer from, int at, int end) {
        keptBytes = end - at;
        if (keptBytes > 0) {
            if (kept.length < keptBytes) {
                kept = new byte[keptBytes + 512];
            }
            from.get(at, kept, 0, keptBytes);
        }
    }

    /** Puts the kept bytes at the front of {@code into}. */
    void restore(ByteBuffer into) {
        if (keptBytes > 0) {
            into.put(kept, 0, keptBytes);
        }
    }

    /** Reads nothing any more. */
    void stall() {
        if (key != null) {
            key.interestOps(0);
        }
    }

    /** Room for one more frame of that length; null while the socket takes too little. */
    @Nullable
    ByteBuffer room(int frameBytes) {
        ByteBuffer buffer = out;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(sender ? SENDER_BYTES : LISTENER_BYTES);
            out = buffer;
        }
        return buffer.remaining() >= frameBytes ? buffer : null;
    }

    void append(byte[] frame) throws IOException {
        ByteBuffer buffer = room(frame.length);
        if (buffer == null) {
            flush();
            buffer = room(frame.length);
        }
        if (buffer == null) {
            throw new IOException("the server reads nothing from connection " + number);
        }
        buffer.put(frame);
    }

    /** Writes what was appended; what the socket does not take goes when it can. */
    void flush() throws IOException {
        ByteBuffer buffer = out;
        if (buffer == null || buffer.position() == 0) {
            return;
        }
        buffer.flip();
        channel.write(buffer);
        boolean rest = buffer.hasRemaining();
        buffer.compact();
        SelectionKey current = key;
        if (current != null) {
            int wanted = rest ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (current.interestOps() != wanted) {
                current.interestOps(wanted);
            }
        }
    }

    /** Gives the send buffer back; the next frame gets one of the size that fits what the connection is for. */
    void releaseBuffer() {
        if (out != null && out.position() == 0) {
            out = null;
        }
    }

    /** Closes with a reset, which leaves no port behind in TIME_WAIT: a load of many thousand short connections would run out of them. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        close();
    }

    void close() throws IOException {
        open = false;
        channel.close();
    }
}
