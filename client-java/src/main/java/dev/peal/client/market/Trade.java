package dev.peal.client.market;

import java.math.BigDecimal;

/**
 * Something that was traded.
 *
 * @param side the side that took
 * @param ticks the price in ticks
 * @param lots the size in lots
 */
public record Trade(
        long tradeId, Side side, long ticks, long lots, BigDecimal price, BigDecimal size, long timestampMillis) {
    static Trade of(Steps steps, long tradeId, Side side, long ticks, long lots, long timestampMillis) {
        return new Trade(
                tradeId,
                side,
                ticks,
                lots,
                steps.tick().decimal(ticks),
                steps.lot().decimal(lots),
                timestampMillis);
    }

    boolean isSame(Trade other) {
        return tradeId == other.tradeId && timestampMillis == other.timestampMillis;
    }
}
