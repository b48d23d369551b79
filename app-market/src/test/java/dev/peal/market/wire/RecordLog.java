package dev.peal.market.wire;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Trade;
import java.util.ArrayList;
import java.util.List;

/** What a frame of records gives out, as lines of text. */
final class RecordLog implements RecordSink {
    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return lines;
    }

    @Override
    public void price(int symbolId, long sequence, long timeNanos, long priceTicks, long lots) {
        lines.add("price " + symbolId + " " + sequence + " " + timeNanos + " " + priceTicks + " " + lots);
    }

    @Override
    public void trade(int symbolId, long sequence, Trade trade) {
        lines.add("trade " + symbolId + " " + sequence + " " + trade);
    }

    @Override
    public void book(int symbolId, long sequence, long checksum, int depth, BookSnapshot book, long timeNanos) {
        lines.add("book " + symbolId + " " + sequence + " " + checksum + " " + depth + " " + book + " " + timeNanos);
    }

    @Override
    public void bookDelta(
            int symbolId, long previous, long sequence, long checksum, int depth, BookDelta delta, long timeNanos) {
        lines.add("delta " + symbolId + " " + previous + " " + sequence + " " + checksum + " " + depth + " " + delta
                + " " + timeNanos);
    }

    @Override
    public void skipped(int symbolId, Channel channel, long from, long to, long timeNanos) {
        lines.add("skipped " + symbolId + " " + channel + " " + from + " " + to + " " + timeNanos);
    }
}
