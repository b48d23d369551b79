package dev.peal.market.candle;

import java.util.Optional;

/** How long a candle is. Candles begin at whole multiples of it since 1970-01-01T00:00Z. */
public enum CandleInterval {
    SECOND("1s", 1_000, 7_200),
    MINUTE("1m", 60_000, 2_880),
    FIVE_MINUTES("5m", 300_000, 2_016),
    HOUR("1h", 3_600_000, 2_160);

    private final String wire;
    private final long millis;
    private final int kept;

    CandleInterval(String wire, long millis, int kept) {
        this.wire = wire;
        this.millis = millis;
        this.kept = kept;
    }

    /** The name on the wire. */
    public String wire() {
        return wire;
    }

    public long millis() {
        return millis;
    }

    /** How many candles of it a symbol keeps: two hours of seconds, two days of minutes, a week of five minutes, 90 days of hours, where it traded all the time. */
    public int kept() {
        return kept;
    }

    /** When the candle that this moment is in begins. */
    public long start(long timeMillis) {
        return Math.floorDiv(timeMillis, millis) * millis;
    }

    public static Optional<CandleInterval> ofWire(String wire) {
        for (CandleInterval interval : values()) {
            if (interval.wire.equals(wire)) {
                return Optional.of(interval);
            }
        }
        return Optional.empty();
    }
}
