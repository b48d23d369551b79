package dev.peal.testkit;

import dev.peal.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until it is told to move. Thread-safe. */
public final class ManualClock implements Clock {
    /** Where the wall clock starts: 2026-11-22T00:00:00Z. */
    public static final long START_MILLIS = 1_795_305_600_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong wallJumpMillis = new AtomicLong();

    @Override
    public long millis() {
        return START_MILLIS + wallJumpMillis.get() + nanos.get() / NANOS_PER_MILLI;
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    /** Lets both readings move on. */
    public void advanceMillis(long millis) {
        advanceNanos(millis * NANOS_PER_MILLI);
    }

    /** Lets both readings move on. */
    public void advanceNanos(long delta) {
        if (delta < 0) {
            throw new IllegalArgumentException("monotonic time does not go back");
        }
        nanos.addAndGet(delta);
    }

    /** Sets the wall clock forward or, if negative, back, as an administrator or NTP does; monotonic time does not notice. */
    public void jumpWallMillis(long delta) {
        wallJumpMillis.addAndGet(delta);
    }
}
