package dev.peal.client.market;

/** What is in a frame of records: prices are ticks, sizes are lots, times nanoseconds since 1970. Levels are pairs of ticks and lots. */
public interface RecordSink {
    void price(long symbolId, long sequence, long priceTicks, long lots, long timeNanos);

    void trade(long symbolId, long sequence, long tradeId, Side side, long priceTicks, long lots, long timeNanos);

    void book(long symbolId, long sequence, long checksum, int depth, long[] bids, long[] asks, long timeNanos);

    void bookDelta(
            long symbolId,
            long previous,
            long sequence,
            long checksum,
            int depth,
            long[] bids,
            long[] asks,
            long timeNanos);

    void skipped(long symbolId, Channel channel, long from, long to, long timeNanos);
}
