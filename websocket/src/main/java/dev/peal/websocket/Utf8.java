package dev.peal.websocket;

import io.netty.buffer.ByteBuf;

/**
 * Checks UTF-8 (RFC 3629) as it arrives, so that text is refused at its first wrong byte.
 *
 * <p>The state is the whole memory of an unfinished sequence: how many continuation bytes are still due and between which
 * bounds the next one must lie (Unicode standard, table 3-7). Only the first continuation byte has bounds narrower than
 * 80..BF; they exclude overlong forms, surrogates and what lies beyond U+10FFFF.
 */
final class Utf8 {
    /** Between two characters. */
    static final int ACCEPT = 0;
    /** No continuation can make this valid. */
    static final int REJECT = -1;

    static final long NON_ASCII = 0x8080808080808080L;

    private static final int ANY = 0x80BF;

    private Utf8() {}

    /** Checks {@code length} bytes from {@code from}; returns the state after them, or {@link #REJECT}. */
    static int check(int state, ByteBuf bytes, int from, int length) {
        int end = from + length;
        int at = from;
        int s = state;
        while (at < end) {
            if (s == ACCEPT) {
                at = skipAscii(bytes, at, end);
                if (at == end) {
                    return ACCEPT;
                }
                s = lead(bytes.getByte(at++) & 0xFF);
            } else {
                s = continuation(s, bytes.getByte(at++) & 0xFF);
            }
            if (s == REJECT) {
                return REJECT;
            }
        }
        return s;
    }

    private static int skipAscii(ByteBuf bytes, int from, int end) {
        int at = from;
        while (end - at >= Long.BYTES && (bytes.getLong(at) & NON_ASCII) == 0) {
            at += Long.BYTES;
        }
        while (at < end && bytes.getByte(at) >= 0) {
            at++;
        }
        return at;
    }

    private static int lead(int b) {
        if (b < 0xC2 || b > 0xF4) {
            return REJECT;
        }
        if (b < 0xE0) {
            return due(1, ANY);
        }
        if (b < 0xF0) {
            return due(2, b == 0xE0 ? 0xA0BF : b == 0xED ? 0x809F : ANY);
        }
        return due(3, b == 0xF0 ? 0x90BF : b == 0xF4 ? 0x808F : ANY);
    }

    private static int continuation(int state, int b) {
        if (b < ((state >> 8) & 0xFF) || b > (state & 0xFF)) {
            return REJECT;
        }
        int left = (state >> 16) - 1;
        return left == 0 ? ACCEPT : due(left, ANY);
    }

    /** {@code left} continuation bytes are due; the next within {@code bounds}: lowest in the high byte, highest in the low. */
    private static int due(int left, int bounds) {
        return left << 16 | bounds;
    }
}
