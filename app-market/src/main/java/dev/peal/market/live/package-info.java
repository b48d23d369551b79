/**
 * The market as it is now: of each symbol the book, the last price and trades, the candles, and the numbers that everything gets in its order.
 *
 * <p>{@link dev.peal.market.live.Market} hears its sources and belongs to their owner. What changed within one iteration of the owner is handed on as one
 * {@link dev.peal.market.live.MarketChange} per symbol, an immutable value that any thread may read; so the work behind it is bounded by how often the owner turns, not
 * by how much happens. Nothing here knows who follows, or how it is written.
 */
@NullMarked
package dev.peal.market.live;

import org.jspecify.annotations.NullMarked;
