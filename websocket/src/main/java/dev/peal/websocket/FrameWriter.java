package dev.peal.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes frames (RFC 6455, section 5.2) into a buffer that the caller owns; holds no state. The unmasked forms are a server's, the
 * masked ones a client's.
 */
public final class FrameWriter {
    /** The longest header of a server's frame. */
    public static final int HEADER_BYTES_MAX = 10;

    private static final int MASK_BIT = 0x80;
    private static final int REASON_BYTES_MAX = 123;

    private FrameWriter() {}

    /** The size of an unmasked frame's header: 2, 4 or 10 bytes. */
    public static int headerBytes(int payloadBytes) {
        return payloadBytes <= 125 ? 2 : payloadBytes <= 0xFFFF ? 4 : HEADER_BYTES_MAX;
    }

    /**
     * Writes the header of an unmasked frame.
     *
     * @param first the first byte: {@link Opcode#FIN}, {@link Opcode#RSV1} and an opcode, or-ed
     */
    public static void header(ByteBuf out, int first, int payloadBytes) {
        header(out, first, payloadBytes, 0);
    }

    /** Writes an unmasked frame; the payload's readable bytes are copied and its indices left alone. */
    public static void frame(ByteBuf out, int first, ByteBuf payload) {
        int bytes = payload.readableBytes();
        header(out, first, bytes);
        out.writeBytes(payload, payload.readerIndex(), bytes);
    }

    /**
     * Writes a server's close frame.
     *
     * @param code what {@link CloseStatus#isSendable} allows, or {@link CloseStatus#NO_STATUS} for an empty payload
     * @param reason what fits into 123 bytes of UTF-8 is sent, cut between two characters
     */
    public static void close(ByteBuf out, int code, String reason) {
        if (code == CloseStatus.NO_STATUS) {
            header(out, Opcode.FIN | Opcode.CLOSE, 0);
            return;
        }
        if (!CloseStatus.isSendable(code)) {
            throw new IllegalArgumentException("no close frame may carry " + code);
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int bytes = text.length;
        if (bytes > REASON_BYTES_MAX) {
            bytes = REASON_BYTES_MAX;
            while ((text[bytes] & 0xC0) == 0x80) {
                bytes--;
            }
        }
        header(out, Opcode.FIN | Opcode.CLOSE, Short.BYTES + bytes);
        out.writeShort(code).writeBytes(text, 0, bytes);
    }

    /**
     * Writes a client's frame; the payload is copied and then masked, its indices left alone.
     *
     * @param mask the key, fresh from a strong source for each frame where the client is a real one (RFC 6455, section 5.3)
     */
    public static void masked(ByteBuf out, int first, ByteBuf payload, int mask) {
        int bytes = payload.readableBytes();
        header(out, first, bytes, MASK_BIT);
        out.writeInt(mask);
        int start = out.writerIndex();
        out.writeBytes(payload, payload.readerIndex(), bytes);
        Masking.apply(out, start, bytes, mask);
    }

    private static void header(ByteBuf out, int first, int bytes, int maskBit) {
        if (bytes <= 125) {
            out.writeShort(first << 8 | maskBit | bytes);
        } else if (bytes <= 0xFFFF) {
            out.writeInt(first << 24 | (maskBit | 126) << 16 | bytes);
        } else {
            out.writeShort(first << 8 | maskBit | 127).writeLong(bytes);
        }
    }
}
