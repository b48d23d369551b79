package dev.peal.market.live;

import dev.peal.market.candle.Candle;

/**
 * A candle as it is now.
 *
 * @param closed whether its time is over; a trade that comes late may change it nevertheless, and it is told again
 */
public record CandleUpdate(Candle candle, boolean closed) {}
