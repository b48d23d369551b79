package dev.peal.market.book;

/** Whole numbers as decimal digits: powers of ten, and ASCII with a point where one is asked for. Allocates nothing. */
public final class Digits {
    private static final byte[] TENS = new byte[100];
    private static final byte[] ONES = new byte[100];
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
        for (int i = 0; i < 100; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            ONES[i] = (byte) ('0' + i % 10);
        }
    }

    private Digits() {}

    /** 10^n for 0 to 18. */
    public static long powerOfTen(int n) {
        return POWERS[n];
    }

    /** Writes a whole number above {@code Long.MIN_VALUE}; needs up to 20 bytes of room. Returns where it ends. */
    public static int write(long value, byte[] out, int at) {
        int start = at;
        if (value < 0) {
            out[start++] = '-';
        }
        long magnitude = Math.abs(value);
        int end = start + count(magnitude);
        fill(magnitude, out, start, end);
        return end;
    }

    /** Writes {@code value / 10^places} with all its places, and at least one digit before the point; needs up to 21 bytes of room. Returns where it ends. */
    static int write(long value, int places, byte[] out, int at) {
        if (places == 0) {
            return write(value, out, at);
        }
        int start = at;
        if (value < 0) {
            out[start++] = '-';
        }
        long magnitude = Math.abs(value);
        int whole = Math.max(1, count(magnitude) - places);
        int end = start + whole + places;
        fill(magnitude, out, start, end);
        int point = start + whole;
        System.arraycopy(out, point, out, point + 1, places);
        out[point] = '.';
        return end + 1;
    }

    /** How many digits a number has; 1 for 0. */
    static int count(long magnitude) {
        // 1233/4096 is a little more than log10(2), so the estimate is right or one too small (Hacker's Delight, 11-4).
        int bits = 64 - Long.numberOfLeadingZeros(magnitude | 1);
        int estimate = bits * 1233 >>> 12;
        return magnitude >= POWERS[estimate] ? estimate + 1 : Math.max(1, estimate);
    }

    /** Fills from the end, two digits at a time; zeros in front where the number is shorter. */
    private static void fill(long magnitude, byte[] out, int start, int end) {
        int at = end;
        long rest = magnitude;
        while (rest > Integer.MAX_VALUE) {
            long quotient = rest / 100;
            int pair = (int) (rest - quotient * 100);
            rest = quotient;
            out[--at] = ONES[pair];
            out[--at] = TENS[pair];
        }
        int small = (int) rest;
        while (small >= 10) {
            int quotient = small / 100;
            int pair = small - quotient * 100;
            small = quotient;
            out[--at] = ONES[pair];
            out[--at] = TENS[pair];
        }
        if (at > start) {
            out[--at] = (byte) ('0' + small);
        }
        while (at > start) {
            out[--at] = '0';
        }
    }
}
