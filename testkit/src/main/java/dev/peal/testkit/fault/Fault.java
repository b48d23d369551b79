package dev.peal.testkit.fault;

/** What happens to the bytes of one direction of a proxied connection, from the next piece on. */
public sealed interface Fault {
    /** Everything passes at once. */
    Fault NONE = new None();

    /** Nothing passes until another fault is set, and nothing is lost: the cable is out for a while. */
    Fault HOLD = new Hold();

    /** Everything is taken and thrown away, the end of the stream too; both sockets stay open: the other side has vanished. For good. */
    Fault SWALLOW = new Swallow();

    /** See {@link #NONE}. */
    record None() implements Fault {}

    /** See {@link #HOLD}. */
    record Hold() implements Fault {}

    /** See {@link #SWALLOW}. */
    record Swallow() implements Fault {}

    /** Each piece passes so much later, and a random part of {@code jitterMillis} more; those behind it wait. */
    record Delay(int millis, int jitterMillis) implements Fault {
        public Delay {
            if (millis < 0 || jitterMillis < 0) {
                throw new IllegalArgumentException("delays: not negative");
            }
        }
    }

    /** So many bytes pass in a second. */
    record Throttle(int bytesPerSecond) implements Fault {
        public Throttle {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("bytesPerSecond: from 1");
            }
        }
    }

    /** So many bytes pass, then both sides are reset: a cut in the middle of something. */
    record CutAfter(long bytes) implements Fault {
        public CutAfter {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes: not negative");
            }
        }
    }
}
