/**
 * Where a market comes from, behind one port: {@link dev.peal.market.source.MarketSource}. Two sources are here, the embedded exchange and the replay of recorded trades;
 * the third, what programs send, is {@code dev.peal.market.ingest}.
 *
 * <p>A source lives on one owner, starts no thread, and reads the clocks that it is given.
 */
@NullMarked
package dev.peal.market.source;

import org.jspecify.annotations.NullMarked;
