package dev.peal.market.candle;

import dev.peal.market.book.Trade;

/**
 * The trades of one interval. Immutable.
 *
 * @param startMillis since 1970; it ends before {@code startMillis + interval.millis()}
 * @param volumeLots the sum of the sizes; stands at the largest {@code long} where it would be more
 * @param trades how many
 */
public record Candle(
        CandleInterval interval,
        long startMillis,
        long openTicks,
        long highTicks,
        long lowTicks,
        long closeTicks,
        long volumeLots,
        long trades) {

    /** The candle of one trade. */
    static Candle of(CandleInterval interval, Trade trade) {
        long price = trade.priceTicks();
        return new Candle(interval, interval.start(trade.timeMillis()), price, price, price, price, trade.lots(), 1);
    }

    Candle with(Trade trade) {
        long price = trade.priceTicks();
        return new Candle(
                interval,
                startMillis,
                openTicks,
                Math.max(highTicks, price),
                Math.min(lowTicks, price),
                price,
                sum(volumeLots, trade.lots()),
                trades + 1);
    }

    /** When it ends: the first moment that is not in it. */
    public long endMillis() {
        return startMillis + interval.millis();
    }

    /** A sum of sizes. */
    static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
