package dev.peal.client.market;

import java.util.OptionalInt;

/**
 * How a client reads a market.
 *
 * @param binary frames of bytes: 2, records of 48 bytes; 1, prices of 12 bytes, without sequences; 0, JSON alone
 * @param maxUpdatesPerSecond the most of each kind and symbol that is wanted, 1 to 1,000; empty: what the server gives
 */
public record MarketOptions(int binary, OptionalInt maxUpdatesPerSecond) {
    public static final MarketOptions DEFAULT = new MarketOptions(2, OptionalInt.empty());

    public MarketOptions {
        if (binary < 0 || binary > 2) {
            throw new IllegalArgumentException("binary: 0, 1 or 2");
        }
    }
}
