package dev.peal.market.live;

import dev.peal.market.book.Trade;
import java.util.ArrayList;
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

    /** These and those that follow them. */
    public TradesUpdate then(TradesUpdate newer) {
        if (newer.firstSequence != firstSequence + trades.size()) {
            throw new IllegalArgumentException(
                    trades.size() + " trades from " + firstSequence + " are not followed by " + newer.firstSequence);
        }
        List<Trade> all = new ArrayList<>(trades);
        all.addAll(newer.trades);
        return new TradesUpdate(firstSequence, all);
    }
}
