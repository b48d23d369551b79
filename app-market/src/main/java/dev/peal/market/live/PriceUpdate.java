package dev.peal.market.live;

/**
 * The newest price; those with sequences between {@code previous} and {@code sequence} came and went.
 *
 * @param lots the size of the last trade; 0 before the first
 */
public record PriceUpdate(long previous, long sequence, long priceTicks, long lots, long timeNanos) {}
