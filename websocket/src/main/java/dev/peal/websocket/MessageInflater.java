package dev.peal.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates whole messages (RFC 7692, section 7.2.2). One serves all connections of an event loop, because no message refers to
 * an earlier one. A window of 15 bits reads what any smaller window wrote.
 *
 * <p>The sender cut the last four bytes of an empty stored block off the message. They are put back here, and a final empty block
 * after them: only if the inflater then says that the stream is finished did the message end between two blocks. A message may
 * itself contain final blocks (section 7.2.3.4); after each one a new stream begins that may still refer to what the message
 * has produced so far.
 */
public final class MessageInflater implements AutoCloseable {
    static final int OK = 0;

    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF, 1, 0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final int WINDOW_BYTES = 1 << 15;
    private static final int OUTPUT_BYTES_MIN = 256;

    private final Inflater inflater = new Inflater(true);
    private boolean tailGiven;
    private int finalBlocks;

    /** Frees the native memory. */
    @Override
    public void close() {
        inflater.end();
    }

    /**
     * Inflates the readable bytes of {@code in} and appends them to the empty buffer {@code out}.
     *
     * @param bytesMax the most that may be produced; at most one byte more is
     * @return {@link #OK} or the close status that is due: 1007 no deflate data, 1008 more than {@code finalBlocksMax}
     *     final blocks, 1009 more than {@code bytesMax}
     */
    int inflate(ByteBuf in, ByteBuf out, int bytesMax, int finalBlocksMax) {
        inflater.reset();
        tailGiven = false;
        finalBlocks = 0;
        ByteBuffer input =
                in.nioBufferCount() == 1 ? in.internalNioBuffer(in.readerIndex(), in.readableBytes()) : in.nioBuffer();
        inflater.setInput(input);
        try {
            return run(input, out, bytesMax, finalBlocksMax);
        } catch (DataFormatException e) {
            return CloseStatus.INVALID_PAYLOAD; // zlib's word for a wrong block; its text says nothing to a peer
        }
    }

    private int run(ByteBuffer input, ByteBuf out, int bytesMax, int finalBlocksMax) throws DataFormatException {
        while (true) {
            int produced = produce(out, bytesMax);
            if (out.readableBytes() > bytesMax) {
                return CloseStatus.TOO_BIG;
            }
            if (inflater.finished()) {
                if (tailGiven) {
                    return inflater.getRemaining() == 0 ? OK : CloseStatus.INVALID_PAYLOAD;
                }
                if (!input.hasRemaining()) {
                    return OK;
                }
                if (++finalBlocks > finalBlocksMax) {
                    return CloseStatus.POLICY_VIOLATION;
                }
                beginNextStream(input, out);
            } else if (produced == 0) {
                if (tailGiven || !inflater.needsInput()) {
                    return CloseStatus.INVALID_PAYLOAD;
                }
                inflater.setInput(TAIL);
                tailGiven = true;
            }
        }
    }

    private int produce(ByteBuf out, int bytesMax) throws DataFormatException {
        int allowed = bytesMax + 1 - out.readableBytes();
        if (!out.isWritable()) {
            int more = Math.max(OUTPUT_BYTES_MIN, out.readableBytes());
            out.ensureWritable(
                    allowed < 2 * more ? allowed : more); // the last step goes to the end, not just before it
        }
        int room = Math.min(allowed, out.writableBytes());
        int produced = inflater.inflate(out.internalNioBuffer(out.writerIndex(), room));
        out.writerIndex(out.writerIndex() + produced);
        return produced;
    }

    private void beginNextStream(ByteBuffer input, ByteBuf out) {
        int window = Math.min(WINDOW_BYTES, out.readableBytes());
        inflater.reset();
        if (window > 0) {
            inflater.setDictionary(out.internalNioBuffer(out.writerIndex() - window, window));
        }
        inflater.setInput(input);
    }
}
