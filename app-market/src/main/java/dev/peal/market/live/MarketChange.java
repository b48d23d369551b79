package dev.peal.market.live;

import dev.peal.market.book.Symbol;
import java.util.List;
import java.util.Optional;

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
}
