/**
 * Order books as values and as state: symbols, exact decimals, sorted levels, deltas, checksums.
 *
 * <p>Prices are counts of ticks and sizes counts of lots, both {@code long}; text and JSON see exact decimals, and nothing here is a {@code double}. Immutable
 * values may cross threads; {@link dev.peal.market.book.OrderBook}, {@link dev.peal.market.book.BookChanges} and {@link dev.peal.market.book.BookChecksum} belong to
 * one thread each. Nothing here reads a clock, throws for what a peer said, or knows where a book comes from.
 */
@NullMarked
package dev.peal.market.book;

import org.jspecify.annotations.NullMarked;
