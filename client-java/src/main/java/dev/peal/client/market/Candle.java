package dev.peal.client.market;

import java.math.BigDecimal;

/**
 * What happened in one interval.
 *
 * @param startMillis when it begins: a whole multiple of the interval since 1970
 * @param volume in the symbol's own unit
 * @param closed its time is over; a trade that comes late may change it nevertheless
 */
public record Candle(
        long startMillis,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        long trades,
        boolean closed) {
    Candle ended() {
        return closed ? this : new Candle(startMillis, open, high, low, close, volume, trades, true);
    }

    /** Whether this one stands for what {@code other} says: more trades are newer. */
    boolean replaces(Candle other) {
        return trades > other.trades || trades == other.trades && !other.closed;
    }
}
