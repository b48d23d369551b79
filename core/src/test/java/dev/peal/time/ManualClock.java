package dev.peal.time;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is told to move. Thread-safe. */
public final class ManualClock implements Clock {
    private final AtomicLong nanos = new AtomicLong();
    private final long startMillis;

    public ManualClock() {
        this(1_795_372_800_000L);
    }

    public ManualClock(long startMillis) {
        this.startMillis = startMillis;
    }

    @Override
    public long millis() {
        return startMillis + TimeUnit.NANOSECONDS.toMillis(nanos.get());
    }

    /** Begins far from 0, as the JVM's does. */
    @Override
    public long nanos() {
        return Long.MIN_VALUE / 2 + nanos.get();
    }

    /** Moves both readings forward. */
    public void advanceMillis(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
