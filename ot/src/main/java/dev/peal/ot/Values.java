package dev.peal.ot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one form of each value, so that equal JSON is equal here. A number is a Long where it is an integer that a double holds
 * exactly, and else a Double: that is how JavaScript sees it.
 */
final class Values {
    /** Lists and maps in one another. */
    static final int NESTING_MAX = 16;

    private static final long EXACT_MAX = (1L << 53) - 1;

    private Values() {}

    static Object scalar(Object value) {
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        throw new IllegalArgumentException("no String, Boolean or Number: " + value.getClass());
    }

    private static Number number(Number number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not finite: " + number);
        }
        if (value == Math.rint(value) && Math.abs(value) <= EXACT_MAX) {
            return (long) value;
        }
        return value;
    }

    static Object embedded(Object value) {
        return nested(value, 0);
    }

    private static Object nested(Object value, int depth) {
        if (depth > NESTING_MAX) {
            throw new IllegalArgumentException("nested deeper than " + NESTING_MAX);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            for (Object element : list) {
                copy.add(element == null ? null : nested(element, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new TreeMap<>();
            map.forEach(
                    (name, element) -> copy.put((String) name, element == null ? null : nested(element, depth + 1)));
            return Collections.unmodifiableMap(copy);
        }
        return scalar(value);
    }

    /** Code units that {@code value} takes, roughly as in JSON. */
    static long size(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        long size = 8;
        if (value instanceof List<?> list) {
            for (Object element : list) {
                size += size(element);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size += size(entry.getKey()) + size(entry.getValue());
            }
        }
        return size;
    }
}
