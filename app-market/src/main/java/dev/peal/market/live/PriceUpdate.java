package dev.peal.market.live;

/**
 * The newest price; those with sequences between {@code previous} and {@code sequence} came and went.
 *
 * @param lots the size of the last trade; 0 before the first
 */
public record PriceUpdate(long previous, long sequence, long priceTicks, long lots, long timeNanos) {
    /** The newer one, which stands for this one too. */
    public PriceUpdate then(PriceUpdate newer) {
        if (newer.previous != sequence) {
            throw new IllegalArgumentException("the price behind " + sequence + " begins at " + newer.previous);
        }
        return new PriceUpdate(previous, newer.sequence, newer.priceTicks, newer.lots, newer.timeNanos);
    }

    /** How many prices it stands for besides its own: those from {@code previous + 1} to {@code sequence - 1}. */
    public long skipped() {
        return sequence - previous - 1;
    }
}
