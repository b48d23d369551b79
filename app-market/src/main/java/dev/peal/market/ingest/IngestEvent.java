package dev.peal.market.ingest;

import dev.peal.market.book.Side;
import java.util.List;
import java.util.OptionalLong;

/** Something that happened, as it was sent: the symbol is a name, prices and sizes are texts, and nothing is checked yet. */
public sealed interface IngestEvent {
    /** The name of the symbol that it is about. */
    String symbol();

    /**
     * A trade.
     *
     * @param side the side that took
     * @param tradeId above that of the symbol's trade before; where it is absent, 1 more
     * @param timeMillis since 1970; where it is absent, now
     */
    record Traded(String symbol, String price, String size, Side side, OptionalLong tradeId, OptionalLong timeMillis)
            implements IngestEvent {}

    /**
     * Levels of a book; a size of 0 removes one.
     *
     * @param whole whether the book has these levels and no others
     */
    record Book(String symbol, List<Level> bids, List<Level> asks, boolean whole, OptionalLong timeMillis)
            implements IngestEvent {
        public Book {
            bids = List.copyOf(bids);
            asks = List.copyOf(asks);
        }
    }

    /** A price without a trade. */
    record Priced(String symbol, String price, OptionalLong timeMillis) implements IngestEvent {}

    /** The size at a price. */
    record Level(String price, String size) {}
}
