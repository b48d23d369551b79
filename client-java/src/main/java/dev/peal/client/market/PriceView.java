package dev.peal.client.market;

import java.math.BigDecimal;

/**
 * The newest price.
 *
 * @param sequence 0 of frames of 12 bytes, which have none
 */
public record PriceView(BigDecimal price, long ticks, long sequence, long timestampMillis) {}
