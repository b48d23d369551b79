package dev.peal.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does: as short as it takes, and never longer than a deadline. */
public final class Await {
    /** Long enough for a busy machine; a test that reaches it has failed. */
    public static final Duration DEADLINE = Duration.ofSeconds(20);

    static final long STEP_NANOS = 200_000;

    /** Waiting leaves the processor to what it waits for, also where a look takes a millisecond. */
    private static final int REST_FACTOR = 20;

    private static final long REST_NANOS_MAX = 20_000_000;

    private Await() {}

    /** Waits until the condition holds; fails after {@link #DEADLINE}, naming {@code what}. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, DEADLINE, condition);
    }

    /** Waits until the condition holds; fails after {@code deadline}, naming {@code what}. */
    public static void until(String what, Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - end > 0) {
                throw new AssertionError("not within " + deadline + ": " + what);
            }
            LockSupport.parkNanos(Math.clamp(REST_FACTOR * (now - began), STEP_NANOS, REST_NANOS_MAX));
            began = System.nanoTime();
        }
    }
}
