package dev.peal.market.feed;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.live.PriceUpdate;
import dev.peal.market.wire.Channel;

/** How what a {@link MarketView} says is written. */
interface MarketForm {
    void price(Symbol symbol, PriceUpdate price);

    void trade(Symbol symbol, long sequence, Trade trade);

    void book(SymbolFeed now, int depth, BookSnapshot book);

    void delta(SymbolFeed now, long previous, int depth, BookDelta delta);

    void skipped(SymbolFeed now, Channel channel, long from, long to);

    /** Nothing follows. */
    void end();
}
