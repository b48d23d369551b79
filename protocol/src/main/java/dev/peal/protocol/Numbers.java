package dev.peal.protocol;

import tools.jackson.databind.JsonNode;

/** Rules for numbers. As in JSON Schema, {@code 1.0} and {@code 1e0} are the integer 1. */
public final class Numbers {
    private Numbers() {}

    /** Whether {@code node} is an integer from {@code min} to {@code max}, both within ±(2^53-1). */
    public static boolean isInteger(JsonNode node, long min, long max) {
        if (!node.isNumber()) {
            return false;
        }
        if (node.isInt() || node.isLong()) {
            long value = node.longValue();
            return value >= min && value <= max;
        }
        double value = node.isBigInteger() ? Double.NaN : node.doubleValue();
        return value == Math.rint(value) && value >= min && value <= max;
    }
}
