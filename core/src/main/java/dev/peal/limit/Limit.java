package dev.peal.limit;

import java.time.Duration;

/**
 * A token bucket: {@code count} tokens, refilled evenly over {@code windowMillis}, full at the start.
 *
 * @param count 1 to {@link #COUNT_MAX}, or 0 for no limit
 * @param windowMillis 1 to {@link #WINDOW_MILLIS_MAX}
 */
public record Limit(int count, long windowMillis) {
    /** The largest bucket. */
    public static final int COUNT_MAX = 1_000_000;

    /** The longest window: a day. */
    public static final long WINDOW_MILLIS_MAX = 86_400_000;

    /** No limit. */
    public static final Limit UNLIMITED = new Limit(0, 1);

    /** The base default, also for {@code chat} and {@code message} (PROTOCOL 2.6): 10 per 60 s. */
    public static final Limit BASE = new Limit(10, 60_000);

    /** @throws IllegalArgumentException if a part is out of its range */
    public Limit {
        if (count < 0 || count > COUNT_MAX) {
            throw new IllegalArgumentException("count is 0 (no limit) to " + COUNT_MAX + ", not " + count);
        }
        if (windowMillis < 1 || windowMillis > WINDOW_MILLIS_MAX) {
            throw new IllegalArgumentException("window is 1 ms to 24 h, not " + windowMillis + " ms");
        }
    }

    /** So many per window, at once or evenly. */
    public static Limit of(int count, Duration window) {
        return new Limit(count, window.toMillis());
    }

    /** Whether everything passes. */
    public boolean unlimited() {
        return count == 0;
    }
}
