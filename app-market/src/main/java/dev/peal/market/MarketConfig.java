package dev.peal.market;

/**
 * How the market is served.
 *
 * @param anonymous whether who has not signed in may read it
 * @param updatesPerSecond how often a reader who does not say is told of each key, at most: 1 to 1,000
 * @param subscriptionsMax how much one connection may follow: from 1
 */
public record MarketConfig(boolean anonymous, int updatesPerSecond, int subscriptionsMax) {
    /** Open to all, 20 updates a second, 1,000 subscriptions. */
    public static final MarketConfig DEFAULT = new MarketConfig(true, 20, 1_000);

    public MarketConfig {
        if (updatesPerSecond < 1 || updatesPerSecond > 1_000) {
            throw new IllegalArgumentException("updatesPerSecond: 1 to 1,000, not " + updatesPerSecond);
        }
        if (subscriptionsMax < 1) {
            throw new IllegalArgumentException("subscriptionsMax: from 1, not " + subscriptionsMax);
        }
    }
}
