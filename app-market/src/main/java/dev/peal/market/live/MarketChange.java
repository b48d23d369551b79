package dev.peal.market.live;

import dev.peal.market.book.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * All that changed of one symbol since the change before. Immutable; something is in it.
 *
 * @param candles each candle that changed, once
 */
public record MarketChange(
        Symbol symbol,
        Optional<BookUpdate> book,
        Optional<TradesUpdate> trades,
        Optional<PriceUpdate> price,
        List<CandleUpdate> candles) {
    public MarketChange {
        candles = List.copyOf(candles);
    }

    /**
     * This change and the one that follows it, as one: the book from where this one begins to where the newer one ends, the newest price, all trades, each candle as it
     * is at last. Whoever is told of the two as one ends where one who is told of each does; what they do not see is {@link PriceUpdate#skipped} and the sequences that
     * the book's update spans. This is all there is to conflation.
     */
    public MarketChange then(MarketChange newer) {
        if (!newer.symbol.equals(symbol)) {
            throw new IllegalArgumentException(symbol.name() + " is not followed by " + newer.symbol.name());
        }
        List<CandleUpdate> merged = new ArrayList<>(candles);
        newer.candles.forEach(update -> CandleUpdate.put(merged, update));
        return new MarketChange(
                symbol,
                merge(book, newer.book, BookUpdate::then),
                merge(trades, newer.trades, TradesUpdate::then),
                merge(price, newer.price, PriceUpdate::then),
                merged);
    }

    private static <T> Optional<T> merge(Optional<T> older, Optional<T> newer, BinaryOperator<T> both) {
        if (older.isEmpty() || newer.isEmpty()) {
            return older.isEmpty() ? newer : older;
        }
        return Optional.of(both.apply(older.get(), newer.get()));
    }
}
