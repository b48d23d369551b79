package dev.peal.market.source;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;

/**
 * Hears what happens in a market, in order, on the source's owner. Takes everything, never throws and never calls the source back.
 *
 * <p>Times are nanoseconds since 1970, as the source has them; they may stand still, and a trade may come late.
 */
public interface MarketSink {
    /** Levels changed, all at once: a book that is not crossed becomes one that is not crossed. */
    void bookChanged(Symbol symbol, BookDelta delta, long timeNanos);

    /** The book is this now, whatever it was. It is not crossed. */
    void bookReplaced(Symbol symbol, BookSnapshot book, long timeNanos);

    /** A trade; it makes the price too. */
    void traded(Symbol symbol, Trade trade);

    /** A price that comes without a trade. */
    void priced(Symbol symbol, long priceTicks, long timeNanos);
}
