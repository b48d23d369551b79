package dev.peal.market.feed;

import dev.peal.market.book.Trade;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest trades of a symbol by their sequence. Belongs to one loop. */
final class TradeRing {
    private final @Nullable Trade[] trades;
    private long newest;
    private long oldest;

    /** An empty one; the next trade follows {@code sequence}. */
    TradeRing(int trades, long sequence) {
        this.trades = new Trade[trades];
        newest = sequence;
        oldest = sequence + 1;
    }

    /** That of the last trade; 0 before the first. */
    long newest() {
        return newest;
    }

    /** That of the first trade that is remembered; one beyond {@link #newest} where there is none. */
    long oldest() {
        return oldest;
    }

    /** A trade that is remembered. */
    Trade at(long sequence) {
        return Optional.ofNullable(trades[(int) (sequence % trades.length)]).orElseThrow();
    }

    void addAll(List<Trade> next) {
        for (Trade trade : next) {
            newest++;
            trades[(int) (newest % trades.length)] = trade;
        }
        oldest = Math.max(oldest, newest - trades.length + 1);
    }
}
