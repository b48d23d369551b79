package dev.peal.client.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;

/** A symbol's tick or lot, {@code units / 10^places}: what its prices or sizes are counted in (PROTOCOL.md, section 17). */
record Step(long units, int places) {
    static Step of(String text) {
        BigDecimal step = new BigDecimal(text);
        return new Step(step.unscaledValue().longValueExact(), Math.max(0, step.scale()));
    }

    /** How many steps a number of the wire comes to. */
    long count(JsonNode number) {
        return count(number.asDecimal(BigDecimal.ZERO));
    }

    long count(BigDecimal number) {
        return number.movePointRight(places)
                .divide(BigDecimal.valueOf(units), 0, RoundingMode.HALF_EVEN)
                .longValue();
    }

    /** The exact decimal, with all the places of the step. */
    String text(long count) {
        return decimal(count).toPlainString();
    }

    BigDecimal decimal(long count) {
        return BigDecimal.valueOf(digits(count), places);
    }

    /** The decimal without its point. */
    long digits(long count) {
        return count * units;
    }
}
