package dev.peal.time;

/** Two readings of time. Implementations are thread-safe and never throw. */
public interface Clock {
    /** Wall-clock time in milliseconds since 1970-01-01T00:00Z. May jump; used for timestamps and token expiry alone. */
    long millis();

    /** Monotonic time in nanoseconds from an arbitrary origin. Used for every duration and timeout. */
    long nanos();

    /** The machine's clocks. */
    Clock SYSTEM = new Clock() {
        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };
}
