package dev.peal.client.market;

import java.util.List;
import java.util.Optional;

/**
 * A book at one moment. Immutable.
 *
 * @param sequence of the newest book that was verified; 0: none was
 * @param verified it is exactly the server's book at {@code sequence}; else what is known, which may be wrong
 * @param bids the best first
 * @param asks the best first
 * @param timestampMillis of the newest change
 */
public record BookView(long sequence, boolean verified, List<Level> bids, List<Level> asks, long timestampMillis) {
    public BookView {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }

    public Optional<Level> bestBid() {
        return bids.stream().findFirst();
    }

    public Optional<Level> bestAsk() {
        return asks.stream().findFirst();
    }
}
