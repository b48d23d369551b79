package dev.peal.market.wire;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Trade;

/** What is in a frame of records, in order. Symbols are ids, as the {@code symbols} message names them. */
public interface RecordSink {
    void price(int symbolId, long sequence, long timeNanos, long priceTicks, long lots);

    void trade(int symbolId, long sequence, Trade trade);

    void book(int symbolId, long sequence, long checksum, int depth, BookSnapshot book, long timeNanos);

    void bookDelta(
            int symbolId, long previous, long sequence, long checksum, int depth, BookDelta delta, long timeNanos);

    void skipped(int symbolId, Channel channel, long from, long to, long timeNanos);
}
