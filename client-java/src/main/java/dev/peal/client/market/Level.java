package dev.peal.client.market;

import java.math.BigDecimal;

/**
 * A price and what is there, exactly.
 *
 * @param ticks the price in ticks
 * @param lots the size in lots
 */
public record Level(long ticks, long lots, BigDecimal price, BigDecimal size) {}
