package dev.peal.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** A masked text frame made once, with holes for a send time, a request id and a revision that are filled on sending. Confined to the generator's thread. */
final class FrameTemplate {
    private static final int[] MASK = {0x12, 0x34, 0x56, 0x78};
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int TIME_DIGITS = 16;
    private static final int ID_DIGITS = 9;
    private static final char TIME_HOLE = '\u0001';
    private static final char ID_HOLE = '\u0002';
    private static final int REVISION_DIGITS = 12;
    private static final char REVISION_HOLE = '\u0003';

    private final byte[] frame;
    private final int header;
    private final int timeAt;
    private final int[] idsAt;
    private final int[] revisionsAt;

    /**
     * @param text a dialect's text, ASCII
     * @param textBytes the wanted length of the text in bytes; a longer text keeps its length
     * @param filler what fills the hole of {@code %P}, repeated as needed
     */
    FrameTemplate(String text, int connection, int room, int textBytes, String filler) {
        String open = text.replace("%I", "%06d".formatted(connection))
                .replace("%R", "%06d".formatted(room))
                .replace("%T", String.valueOf(TIME_HOLE).repeat(TIME_DIGITS))
                .replace("%N", String.valueOf(ID_HOLE).repeat(ID_DIGITS))
                .replace("%V", String.valueOf(REVISION_HOLE).repeat(REVISION_DIGITS));
        int missing = Math.max(0, textBytes - (open.length() - "%P".length()));
        String whole =
                open.replace("%P", filler.repeat(missing / filler.length() + 1).substring(0, missing));
        timeAt = whole.indexOf(TIME_HOLE);
        idsAt = holes(whole, ID_HOLE);
        revisionsAt = holes(whole, REVISION_HOLE);
        byte[] payload = whole.getBytes(StandardCharsets.US_ASCII);
        header = (payload.length < 126 ? 2 : 4) + MASK.length;
        frame = masked(payload, header);
    }

    /** Where each run of a character begins. */
    private static int[] holes(String text, char hole) {
        return IntStream.range(0, text.length())
                .filter(at -> text.charAt(at) == hole && (at == 0 || text.charAt(at - 1) != hole))
                .toArray();
    }

    /** A masked text frame with nothing to fill in. */
    static byte[] text(String text) {
        return new FrameTemplate(text, 0, 0, 0, "x").frame;
    }

    int length() {
        return frame.length;
    }

    /**
     * Puts the frame into {@code out}, which must have {@link #length()} bytes left.
     *
     * @param revision written as a number with spaces before it
     */
    void appendTo(ByteBuffer out, long timeNanos, int id, long revision) {
        int at = out.position() + header;
        out.put(frame);
        if (timeAt >= 0) {
            for (int i = 0; i < TIME_DIGITS; i++) {
                put(out, at, timeAt + i, HEX[(int) (timeNanos >>> (60 - 4 * i)) & 15]);
            }
        }
        for (int idAt : idsAt) {
            int rest = id;
            for (int i = ID_DIGITS - 1; i >= 0; i--) {
                put(out, at, idAt + i, '0' + rest % 10);
                rest /= 10;
            }
        }
        for (int revisionAt : revisionsAt) {
            long rest = revision;
            for (int i = REVISION_DIGITS - 1; i >= 0; i--) {
                boolean digit = rest > 0 || i == REVISION_DIGITS - 1;
                put(out, at, revisionAt + i, digit ? '0' + (int) (rest % 10) : ' ');
                rest /= 10;
            }
        }
    }

    private static void put(ByteBuffer out, int payloadAt, int index, int value) {
        out.put(payloadAt + index, (byte) (value ^ MASK[index & 3]));
    }

    private static byte[] masked(byte[] payload, int header) {
        if (payload.length > 0xffff) {
            throw new IllegalArgumentException("a load message has at most 65,535 bytes, not " + payload.length);
        }
        byte[] frame = new byte[header + payload.length];
        ByteBuffer head = ByteBuffer.wrap(frame).put((byte) 0x81);
        if (payload.length < 126) {
            head.put((byte) (0x80 | payload.length));
        } else {
            head.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        for (int key : MASK) {
            head.put((byte) key);
        }
        for (int i = 0; i < payload.length; i++) {
            head.put((byte) (payload[i] ^ MASK[i & 3]));
        }
        return frame;
    }
}
