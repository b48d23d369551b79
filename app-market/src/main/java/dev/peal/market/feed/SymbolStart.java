package dev.peal.market.feed;

import dev.peal.market.candle.Ticker;
import dev.peal.market.live.CandleUpdate;
import dev.peal.market.live.SymbolView;
import java.util.List;
import java.util.Optional;

/**
 * What a loop begins with of one symbol.
 *
 * @param candles the newest of each interval that has one
 */
public record SymbolStart(SymbolView view, List<CandleUpdate> candles, Optional<Ticker> ticker) {
    public SymbolStart {
        candles = List.copyOf(candles);
    }
}
