/**
 * A market as a program has it: prices, trades, order books and candles that stay right, and trading on paper.
 *
 * <p>{@link dev.peal.client.market.MarketClient} and what it gives may be used from any thread; what is behind them belongs to the client's loop. Prices and sizes are whole
 * numbers of ticks and lots inside and exact decimals outside, never a float. The parts mirror those of {@code @peal/client/market}.
 */
@NullMarked
package dev.peal.client.market;

import org.jspecify.annotations.NullMarked;
