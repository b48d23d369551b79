package dev.peal.market.feed;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.live.PriceUpdate;
import dev.peal.market.wire.Channel;
import dev.peal.market.wire.MarketJson;
import dev.peal.market.wire.PriceFrame;

/** A message of JSON for each thing; prices in 12 bytes where that was asked for. Belongs to one loop. */
final class TextForm implements MarketForm {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Frames out;
    private final boolean priceFrames;

    TextForm(Frames out, boolean priceFrames) {
        this.out = out;
        this.priceFrames = priceFrames;
    }

    @Override
    public void price(Symbol symbol, PriceUpdate price) {
        if (priceFrames) {
            PriceFrame.write(out.binary(), symbol, price.priceTicks(), price.lots());
        } else {
            MarketJson.priceUpdate(out.text(), symbol, price.priceTicks(), price.sequence(), millis(price.timeNanos()));
        }
        out.end();
    }

    @Override
    public void trade(Symbol symbol, long sequence, Trade trade) {
        MarketJson.trade(out.text(), symbol, trade, sequence);
        out.end();
    }

    @Override
    public void book(SymbolFeed now, int depth, BookSnapshot book) {
        MarketJson.orderBook(
                out.text(),
                now.symbol(),
                now.bookSequence(),
                now.bookChecksum(),
                depth,
                book,
                millis(now.bookTimeNanos()));
        out.end();
    }

    @Override
    public void delta(SymbolFeed now, long previous, int depth, BookDelta delta) {
        MarketJson.orderBookDelta(
                out.text(),
                now.symbol(),
                previous,
                now.bookSequence(),
                now.bookChecksum(),
                delta,
                millis(now.bookTimeNanos()));
        out.end();
    }

    @Override
    public void skipped(SymbolFeed now, Channel channel, long from, long to) {
        MarketJson.skipped(out.text(), now.symbol(), channel, from, to);
        out.end();
    }

    @Override
    public void end() {}

    private static long millis(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_MILLI);
    }
}
