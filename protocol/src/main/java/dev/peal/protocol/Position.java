package dev.peal.protocol;

import java.util.Optional;

/**
 * A place in the log of a room: {@code offset} entries are before it or at it, in the history that {@code epoch} names.
 *
 * <p>Text form: {@code <epoch>:<offset>}, as in {@code Last-Event-ID}. An epoch may itself contain a colon; the last one separates.
 *
 * @param epoch names one history of the room; 1 to {@value #EPOCH_LENGTH_MAX} code points
 * @param offset 0 (before the first entry) to {@value #OFFSET_MAX}
 */
public record Position(String epoch, long offset) {
    public static final int EPOCH_LENGTH_MAX = 64;

    /** 2^53 - 1, the largest integer that every JSON reader keeps exactly (RFC 8259, section 6). */
    public static final long OFFSET_MAX = (1L << 53) - 1;

    /** Throws {@link IllegalArgumentException} when a part is out of its range. */
    public Position {
        if (!validEpoch(epoch)) {
            throw new IllegalArgumentException("epoch must have 1 to " + EPOCH_LENGTH_MAX + " characters");
        }
        if (!validOffset(offset)) {
            throw new IllegalArgumentException("offset must be 0 to 2^53-1: " + offset);
        }
    }

    static boolean validEpoch(String epoch) {
        return Text.lengthWithin(epoch, 1, EPOCH_LENGTH_MAX);
    }

    static boolean validOffset(long offset) {
        return offset >= 0 && offset <= OFFSET_MAX;
    }

    /** Reads {@code <epoch>:<offset>}; empty for anything else, also for a sign, a leading zero or a space. */
    public static Optional<Position> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            return Optional.empty();
        }
        String epoch = text.substring(0, colon);
        long offset = parseOffset(text, colon + 1);
        return offset < 0 || !validEpoch(epoch) ? Optional.empty() : Optional.of(new Position(epoch, offset));
    }

    private static long parseOffset(String text, int from) {
        int digits = text.length() - from;
        boolean leadingZero = digits > 1 && text.charAt(from) == '0';
        if (digits < 1 || digits > 16 || leadingZero) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return validOffset(value) ? value : -1;
    }

    /** The text form, {@code <epoch>:<offset>}. */
    @Override
    public String toString() {
        return epoch + ':' + offset;
    }
}
