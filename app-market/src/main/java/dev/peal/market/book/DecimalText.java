package dev.peal.market.book;

import java.util.Optional;

/**
 * A decimal number taken from its text, exactly: {@code digits * 10^exponent}, without trailing zeros in {@code digits}.
 *
 * @param negative whether there is a minus sign
 * @param digits the significant digits; of a number that has more than 18 the first ones, and {@code complete} is false
 * @param exponent of the last of {@code digits}
 * @param magnitude how many digits stand before the point, or minus how many zeros behind it: the number is less than 10^magnitude
 * @param complete whether all significant digits are in {@code digits}
 */
record DecimalText(boolean negative, long digits, int exponent, int magnitude, boolean complete) {
    private static final int DIGITS_MAX = 18;
    /** Far beyond what any step can hold; a hostile exponent stops here. */
    private static final int EXPONENT_MAX = 100_000;

    boolean isZero() {
        return digits == 0;
    }

    /** Reads a number as RFC 8259 (section 6) writes it; nothing where the text is none. Linear in the text, whatever it says. */
    static Optional<DecimalText> parse(CharSequence text) {
        return new Reader(text).read();
    }

    /** The state of one parse. Ordinals count digits from 0, zeros in front included. */
    private static final class Reader {
        private final CharSequence text;
        private int at;
        private int ordinal;
        private int firstUsed = -1;
        private int lastUsed = -1;
        private long digits;
        private boolean complete = true;

        private Reader(CharSequence text) {
            this.text = text;
        }

        private Optional<DecimalText> read() {
            boolean negative = take('-');
            boolean zeroInFront = at < text.length() && text.charAt(at) == '0';
            int whole = digits();
            if (whole == 0 || zeroInFront && whole > 1) {
                return Optional.empty();
            }
            if (take('.') && digits() == 0) {
                return Optional.empty();
            }
            int power = 0;
            if (take('e') || take('E')) {
                boolean down = take('-');
                if (!down) {
                    take('+');
                }
                int from = at;
                power = exponent();
                if (at == from) {
                    return Optional.empty();
                }
                power = down ? -power : power;
            }
            return at == text.length() ? Optional.of(result(negative, whole, power)) : Optional.empty();
        }

        private DecimalText result(boolean negative, int whole, int power) {
            if (digits == 0) {
                return new DecimalText(negative, 0, 0, 0, true);
            }
            return new DecimalText(negative, digits, whole - 1 - lastUsed + power, whole - firstUsed + power, complete);
        }

        private boolean take(char c) {
            boolean there = at < text.length() && text.charAt(at) == c;
            if (there) {
                at++;
            }
            return there;
        }

        private int digits() {
            int from = at;
            for (; at < text.length() && isDigit(text.charAt(at)); at++) {
                digit(text.charAt(at) - '0');
            }
            return at - from;
        }

        private void digit(int digit) {
            if (digit > 0) {
                if (firstUsed < 0) {
                    firstUsed = ordinal;
                }
                if (ordinal - firstUsed < DIGITS_MAX) {
                    // Zeros are taken up only once another digit follows them.
                    digits = digits * Digits.powerOfTen(lastUsed < 0 ? 1 : ordinal - lastUsed) + digit;
                    lastUsed = ordinal;
                } else {
                    complete = false;
                }
            }
            ordinal++;
        }

        private int exponent() {
            int power = 0;
            for (; at < text.length() && isDigit(text.charAt(at)); at++) {
                power = Math.min(EXPONENT_MAX, power * 10 + text.charAt(at) - '0');
            }
            return power;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
