package dev.peal.websocket;

import io.netty.buffer.ByteBuf;

/** The XOR of RFC 6455, section 5.3, in place and 8 bytes at a time; masking and unmasking are the same. */
final class Masking {
    private Masking() {}

    /**
     * Applies the mask to {@code length} bytes from {@code from}.
     *
     * @param mask the key in network order, its first byte being for {@code from}; see {@link #advance}
     * @return the bitwise or of all resulting bytes, spread over the 8 bytes: with {@link Utf8#NON_ASCII} it tells whether
     *     all were ASCII
     */
    static long apply(ByteBuf bytes, int from, int length, int mask) {
        int end = from + length;
        int at = from;
        long seen = 0;
        long wide = (mask & 0xFFFFFFFFL) << 32 | (mask & 0xFFFFFFFFL);
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            long plain = bytes.getLong(at) ^ wide;
            bytes.setLong(at, plain);
            seen |= plain;
        }
        for (int shift = 24; at < end; at++, shift = (shift - 8) & 31) {
            int plain = (bytes.getByte(at) ^ (mask >>> shift)) & 0xFF;
            bytes.setByte(at, plain);
            seen |= plain;
        }
        return seen;
    }

    /** The key for the byte after {@code length} more bytes. */
    static int advance(int mask, int length) {
        return Integer.rotateLeft(mask, (length & 3) << 3);
    }
}
