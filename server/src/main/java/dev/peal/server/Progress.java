package dev.peal.server;

import dev.peal.time.Clock;
import java.io.PrintStream;
import java.util.function.LongConsumer;

/** Says how far a long work has come: nothing in its first two seconds, then a line every two. Thread-confined. */
final class Progress {
    private static final long EVERY_NANOS = 2_000_000_000;

    private final PrintStream out;
    private final Clock clock;
    private long saidNanos;

    Progress(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.saidNanos = clock.nanos();
    }

    /** Takes percents of one part of the work. */
    LongConsumer of(String what) {
        return percent -> {
            if (clock.nanos() - saidNanos >= EVERY_NANOS) {
                saidNanos = clock.nanos();
                out.println("peal: " + percent + " % " + what);
            }
        };
    }
}
