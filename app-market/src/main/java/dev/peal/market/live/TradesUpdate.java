package dev.peal.market.live;

import dev.peal.market.book.Trade;
import java.util.List;

/**
 * Trades, in order and all of them.
 *
 * @param firstSequence that of the first; those of the others follow
 */
public record TradesUpdate(long firstSequence, List<Trade> trades) {
    public TradesUpdate {
        trades = List.copyOf(trades);
    }
}
