package dev.peal.market.source;

import dev.peal.market.exchange.EngineLimits;

/**
 * How the embedded exchange runs.
 *
 * @param seed of all that its agents do
 * @param warmUpSeconds how long they have traded when it starts, so that there are books and candles: 1 to 86,400
 * @param stepMillis how often it goes on: 1 to 1,000
 * @param limits of each symbol's engine
 */
public record ExchangeConfig(long seed, int warmUpSeconds, int stepMillis, EngineLimits limits) {
    private static final int DAY_SECONDS = 86_400;

    /** Ten minutes before it starts, 100 steps a second. */
    public static final ExchangeConfig DEFAULT = new ExchangeConfig(1, 600, 10, EngineLimits.DEFAULT);

    public ExchangeConfig {
        if (warmUpSeconds < 1 || warmUpSeconds > DAY_SECONDS) {
            throw new IllegalArgumentException("warm-up: 1 to " + DAY_SECONDS + " s, not " + warmUpSeconds);
        }
        if (stepMillis < 1 || stepMillis > 1_000) {
            throw new IllegalArgumentException("step: 1 to 1,000 ms, not " + stepMillis);
        }
    }

    public ExchangeConfig withSeed(long newSeed) {
        return new ExchangeConfig(newSeed, warmUpSeconds, stepMillis, limits);
    }
}
