/**
 * Live prices, trades and order books. Built on the application port alone, as any program that embeds Peal could build it.
 */
@NullMarked
package dev.peal.market;

import org.jspecify.annotations.NullMarked;
