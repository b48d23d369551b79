package dev.peal.market.book;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The smallest difference between two prices (a tick) or two sizes (a lot): {@code units / 10^places}, such as 0.01 or 0.05.
 *
 * <p>A count of steps is written with exactly {@code places} places, and a text is taken only if it is a whole number of steps. Counts that are read have at most 15
 * digits in units, because every decimal of 15 digits survives the way through an IEEE double: a client whose JSON numbers are doubles still gets the exact value.
 *
 * @param units 1 or more
 * @param places 0 to 15
 */
public record Step(long units, int places) {
    /** The most digits that a quantity has, its places included. */
    public static final int DIGITS_MAX = 15;

    /** The largest quantity in units. */
    public static final long UNITS_MAX = Digits.powerOfTen(DIGITS_MAX) - 1;

    /** Room that {@link #write} may need: a sign, 19 digits and the point, or 15 places behind a zero. */
    public static final int BYTES_MAX = 21;

    public Step {
        if (units < 1 || units > UNITS_MAX || places < 0 || places > DIGITS_MAX) {
            throw new IllegalArgumentException("no step: " + units + " / 10^" + places);
        }
    }

    /** The step that a text such as "0.01" says, with the places that it is written with; nothing where it is no positive decimal of at most 15 digits. */
    public static Optional<Step> parse(CharSequence text) {
        Optional<DecimalText> number = DecimalText.parse(text);
        if (number.isEmpty() || number.get().negative() || number.get().isZero()) {
            return Optional.empty();
        }
        DecimalText decimal = number.get();
        int places = Math.max(Math.max(0, -decimal.exponent()), writtenPlaces(text));
        if (!decimal.complete() || places > DIGITS_MAX || decimal.magnitude() + places > DIGITS_MAX) {
            return Optional.empty();
        }
        return Optional.of(new Step(decimal.digits() * Digits.powerOfTen(decimal.exponent() + places), places));
    }

    /** For a step that the program itself names. */
    public static Step of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("no step: " + text));
    }

    /** 10^-places. */
    public static Step ofPlaces(int places) {
        return new Step(1, places);
    }

    /** The largest count that can be read. */
    public long countMax() {
        return UNITS_MAX / units;
    }

    /** How many steps a JSON number, or a text of its form, comes to. */
    public Quantity count(CharSequence text) {
        Optional<DecimalText> number = DecimalText.parse(text);
        if (number.isEmpty()) {
            return new Quantity.Refused(Quantity.Fault.NOT_A_NUMBER);
        }
        return count(number.get());
    }

    private Quantity count(DecimalText number) {
        if (number.isZero()) {
            return new Quantity.Exact(0);
        }
        if (number.negative()) {
            return new Quantity.Refused(Quantity.Fault.NEGATIVE);
        }
        if (number.magnitude() + places > DIGITS_MAX) {
            return new Quantity.Refused(Quantity.Fault.TOO_LARGE);
        }
        if (!number.complete() || number.exponent() + places < 0) {
            return new Quantity.Refused(Quantity.Fault.OFF_STEP);
        }
        long inUnits = number.digits() * Digits.powerOfTen(number.exponent() + places);
        return inUnits % units == 0
                ? new Quantity.Exact(inUnits / units)
                : new Quantity.Refused(Quantity.Fault.OFF_STEP);
    }

    /** A count in units of the last place; a sum of counts that is too large for a {@code long} stands at its largest value. */
    public long inUnits(long count) {
        long low = count * units;
        if (Math.multiplyHigh(count, units) == low >> 63) {
            return low;
        }
        return count < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE;
    }

    /** The exact decimal of a count: "0.00141342", "-3.50"; never an exponent. */
    public String text(long count) {
        byte[] bytes = new byte[BYTES_MAX];
        return new String(bytes, 0, write(count, bytes, 0), StandardCharsets.US_ASCII);
    }

    /**
     * Writes the exact decimal of a count.
     *
     * @param out has {@link #BYTES_MAX} bytes of room from {@code at}
     * @return where the text ends
     */
    public int write(long count, byte[] out, int at) {
        return Digits.write(inUnits(count), places, out, at);
    }

    /** The step itself, as it is written on the wire. */
    @Override
    public String toString() {
        return text(1);
    }

    private static int writtenPlaces(CharSequence text) {
        int point = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                point = i;
            } else if (c == 'e' || c == 'E') {
                return 0;
            }
        }
        return point < 0 ? 0 : text.length() - point - 1;
    }
}
