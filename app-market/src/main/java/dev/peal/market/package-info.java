/**
 * Live prices, trades and order books. Built on the application port alone, as any program that embeds Peal could build it.
 *
 * <p>What is a market's alone is in packages of their own, which know nothing of rooms and connections: {@code book}, {@code exchange}, {@code agents}, {@code candle},
 * {@code replay}, {@code source}, {@code ingest}, {@code live} and {@code wire}. Who
 * hears what of it, on each event loop, is {@code feed}.
 */
@NullMarked
package dev.peal.market;

import org.jspecify.annotations.NullMarked;
