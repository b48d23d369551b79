package dev.peal.client;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: a random part, from nothing to all, of a delay that grows with each failure ("full jitter",
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). Owned by the loop.
 */
final class Backoff {
    private final ClientSettings.Reconnect settings;
    private final RandomGenerator random;
    private int attempt;

    Backoff(ClientSettings.Reconnect settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** The next wait, one failure later. */
    long nextMillis() {
        return millis(settings, attempt++, random.nextDouble());
    }

    int attempts() {
        return attempt;
    }

    void reset() {
        attempt = 0;
    }

    static long millis(ClientSettings.Reconnect settings, int attempt, double random) {
        double grown = settings.reconnectInterval() * Math.pow(settings.reconnectDecay(), attempt);
        return Math.round(random * Math.min(settings.maxReconnectInterval(), grown));
    }
}
