package dev.peal.market.live;

import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import java.util.Optional;

/**
 * A symbol at one moment: where whoever follows it from now on begins. The next {@link MarketChange} of the symbol goes on from exactly here. Immutable.
 *
 * @param book all levels
 * @param bookSequence 0: the book never changed, and is empty
 * @param bookTimeNanos of its newest change; 0 before the first
 * @param price the newest; nothing before the first
 * @param tradeSequence of the newest trade; 0 before the first
 */
public record SymbolView(
        Symbol symbol,
        BookSnapshot book,
        long bookSequence,
        long bookChecksum,
        long bookTimeNanos,
        Optional<PriceUpdate> price,
        Optional<Trade> lastTrade,
        long tradeSequence) {}
