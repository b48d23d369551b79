package dev.peal.market.candle;

/**
 * What became of a symbol within 24 hours. Without a trade in that time all prices are the last one.
 *
 * @param lastTicks the last price
 * @param openTicks the first price
 * @param volumeLots the sum of the sizes
 * @param trades how many
 * @param timeMillis the end of the 24 hours
 */
public record Ticker(
        long lastTicks, long openTicks, long highTicks, long lowTicks, long volumeLots, long trades, long timeMillis) {

    /** By how much the price changed; negative where it fell. */
    public long changeTicks() {
        return lastTicks - openTicks;
    }

    Ticker with(Candle minute) {
        return new Ticker(
                lastTicks,
                openTicks,
                Math.max(highTicks, minute.highTicks()),
                Math.min(lowTicks, minute.lowTicks()),
                Candle.sum(volumeLots, minute.volumeLots()),
                trades + minute.trades(),
                timeMillis);
    }
}
