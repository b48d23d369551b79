package dev.peal.client.market;

/**
 * A book or a change of one, whatever it came as.
 *
 * @param whole forget the levels of before; else it changes the book {@code previous}
 * @param depth as asked for, 0 for all; {@link #UNSAID} where the message does not say
 * @param bids pairs of ticks and lots, one behind the other
 */
record BookMessage(
        boolean whole,
        long previous,
        long sequence,
        long checksum,
        int depth,
        long[] bids,
        long[] asks,
        long timestampMillis) {
    static final int UNSAID = -1;
}
