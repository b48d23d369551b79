package dev.peal.market.source;

import dev.peal.market.agents.MarketShape;
import dev.peal.market.book.Symbol;
import java.util.List;

/** A symbol of the embedded exchange, and the kind of market that its agents make. */
public record Listing(Symbol symbol, MarketShape shape) {
    /** The three that a server lists if nobody says otherwise: ids from 1. */
    public static List<Listing> defaults() {
        return List.of(
                new Listing(Symbol.of("BTC-USD", 1, "0.01", "0.0001"), new MarketShape(6_400_000, 500, 0.55, 1)),
                new Listing(Symbol.of("ETH-USD", 2, "0.01", "0.001"), new MarketShape(340_000, 1_000, 0.7, 1)),
                new Listing(Symbol.of("SOL-USD", 3, "0.001", "0.01"), new MarketShape(150_000, 2_000, 0.9, 1)));
    }
}
