package dev.peal.client.market;

import java.math.BigDecimal;

/**
 * One symbol over the last 24 hours.
 *
 * @param change {@code last} minus {@code open}
 * @param volume in the symbol's own unit
 */
public record TickerView(
        BigDecimal last,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal change,
        BigDecimal volume,
        long trades,
        long timestampMillis) {}
