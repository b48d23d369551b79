package dev.peal.client.market;

/** How long a candle lasts. */
public enum Interval {
    SECOND("1s"),
    MINUTE("1m"),
    FIVE_MINUTES("5m"),
    HOUR("1h");

    private final String wire;

    Interval(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }
}
