package dev.peal.ot;

import java.util.Set;
import java.util.regex.Pattern;

/** Which values an attribute, or an embed of a kind, may have. */
@FunctionalInterface
public interface ValueRule {
    /** Only {@code true}: what is off is absent. */
    ValueRule TRUE = Boolean.TRUE::equals;

    boolean allows(Object value);

    static ValueRule oneOf(String... values) {
        return Set.of(values)::contains;
    }

    static ValueRule integer(long min, long max) {
        return value -> value instanceof Long number && number >= min && number <= max;
    }

    /** A text of at most {@code lengthMax} units. */
    static ValueRule text(int lengthMax) {
        return value -> value instanceof String text && text.length() <= lengthMax && Text.isWellFormed(text);
    }

    /** The whole text, of at most {@code lengthMax} units, fits {@code pattern}. */
    static ValueRule matching(Pattern pattern, int lengthMax) {
        return value -> value instanceof String text
                && text.length() <= lengthMax
                && pattern.matcher(text).matches();
    }

    default ValueRule or(ValueRule other) {
        return value -> allows(value) || other.allows(value);
    }
}
