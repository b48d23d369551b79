package dev.peal.market.feed;

import java.util.Optional;

/** In which form a connection wants prices, trades and books. */
public enum WireForm {
    /** Everything as JSON. */
    JSON,
    /** {@code binary=1}: prices as frames of 12 bytes, the rest as JSON. */
    PRICE_FRAMES,
    /** {@code binary=2}: prices, trades, books and what was skipped as records of 48 bytes; the rest as JSON. */
    RECORDS;

    /** The form that a query's {@code binary} asks for; empty where there is none of that name. */
    public static Optional<WireForm> of(String binary) {
        return switch (binary) {
            case "0" -> Optional.of(JSON);
            case "1" -> Optional.of(PRICE_FRAMES);
            case "2" -> Optional.of(RECORDS);
            default -> Optional.empty();
        };
    }
}
