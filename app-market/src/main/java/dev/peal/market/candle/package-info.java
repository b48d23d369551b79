/**
 * Candles and the statistics of the last 24 hours, made of trades.
 *
 * <p>A candle takes trades in the order in which they come: its open is the first, its close the last. Where nothing traded there is no candle. A
 * {@link dev.peal.market.candle.CandleSeries} belongs to one thread and keeps a bounded number; what it gives out is immutable. No clock is read: a trade has its time,
 * and whoever asks says what time it is.
 */
@NullMarked
package dev.peal.market.candle;

import org.jspecify.annotations.NullMarked;
