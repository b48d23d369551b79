package dev.peal.market.feed;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.live.PriceUpdate;
import dev.peal.market.wire.Channel;
import dev.peal.market.wire.RecordWriter;
import dev.peal.time.Clock;

/** Records of 48 bytes, as many to a frame as there is room for. Belongs to one loop. */
final class RecordForm implements MarketForm {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Frames out;
    private final Clock clock;
    private final RecordWriter writer;
    private boolean open;

    RecordForm(Frames out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.writer = new RecordWriter(out.buffer());
    }

    @Override
    public void price(Symbol symbol, PriceUpdate price) {
        room(1);
        writer.price(symbol, price.sequence(), price.timeNanos(), price.priceTicks(), price.lots());
    }

    @Override
    public void trade(Symbol symbol, long sequence, Trade trade) {
        room(1);
        writer.trade(symbol, sequence, trade);
    }

    @Override
    public void book(SymbolFeed now, int depth, BookSnapshot book) {
        room(1 + book.bids().size() + book.asks().size());
        written(writer.book(now.symbol(), now.bookSequence(), now.bookChecksum(), depth, book, now.bookTimeNanos()));
    }

    @Override
    public void delta(SymbolFeed now, long previous, int depth, BookDelta delta) {
        room(1 + delta.size());
        written(writer.bookDelta(
                now.symbol(), previous, now.bookSequence(), now.bookChecksum(), depth, delta, now.bookTimeNanos()));
    }

    @Override
    public void skipped(SymbolFeed now, Channel channel, long from, long to) {
        room(1);
        writer.skipped(now.symbol(), channel, from, to, clock.millis() * NANOS_PER_MILLI);
    }

    @Override
    public void end() {
        if (open) {
            writer.end();
            out.end();
            open = false;
        }
    }

    private void room(int records) {
        if (open && !writer.fits(records)) {
            end();
        }
        if (!open) {
            out.binary();
            writer.begin(clock.millis() * NANOS_PER_MILLI);
            open = true;
        }
    }

    private static void written(boolean fits) {
        if (!fits) {
            throw new IllegalStateException("a book of more levels than a frame has records");
        }
    }
}
