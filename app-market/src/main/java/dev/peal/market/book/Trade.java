package dev.peal.market.book;

/**
 * A trade, as everybody may see it.
 *
 * @param tradeId rises within a symbol
 * @param side the side that took
 * @param priceTicks 1 or more
 * @param lots 1 or more
 * @param timeNanos since 1970-01-01T00:00Z
 */
public record Trade(long tradeId, Side side, long priceTicks, long lots, long timeNanos) {
    public Trade {
        if (priceTicks < 1 || lots < 1) {
            throw new IllegalArgumentException("no trade: " + lots + " lots at " + priceTicks + " ticks");
        }
    }

    public long timeMillis() {
        return Math.floorDiv(timeNanos, 1_000_000);
    }
}
