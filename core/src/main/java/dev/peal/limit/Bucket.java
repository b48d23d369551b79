package dev.peal.limit;

import dev.peal.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * The arithmetic of a token bucket in one {@code long}, exact to the millisecond.
 *
 * <p>This is the Generic Cell Rate Algorithm (ITU-T I.371, the virtual scheduling form), which allows exactly what a continuously refilled bucket allows.
 * What is stored is the instant at which the bucket will be full again. To stay in integers although {@code window / count} may be no whole number of
 * milliseconds, that instant is kept multiplied by {@code count}: one token then costs exactly {@code window}, and a millisecond refills exactly
 * {@code count}. With the bounds of {@link Limit} this overflows after 290 years of uptime.
 */
final class Bucket {
    private Bucket() {}

    /** The state of a full bucket. */
    static final long FULL = 0;

    /** Not enough tokens: what {@link #take} returns instead of a state. */
    static final long EMPTY = -1;

    /** The state after one token was taken, or {@link #EMPTY}. */
    static long take(Limit limit, long state, long nowMillis) {
        long now = nowMillis * limit.count();
        long after = Math.max(state, now) + limit.windowMillis();
        return after - now <= limit.count() * limit.windowMillis() ? after : EMPTY;
    }

    /** How many milliseconds until an empty bucket holds a token: at least 1. */
    static long retryAfterMillis(Limit limit, long state, long nowMillis) {
        long missing = state + limit.windowMillis() - limit.count() * limit.windowMillis() - nowMillis * limit.count();
        return Math.max(1, Math.ceilDiv(missing, (long) limit.count()));
    }

    /** Monotonic milliseconds since an origin: 0 at the origin, so that {@link #FULL} is full. */
    static long sinceMillis(Clock clock, long originNanos) {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanos() - originNanos);
    }
}
