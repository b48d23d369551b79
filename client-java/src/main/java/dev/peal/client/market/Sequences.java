package dev.peal.client.market;

/** Counts the sequences of one channel, and says where some are missing. Owned by the loop; its counts are read by anybody. */
final class Sequences {
    /** Told of sequences that did not come. */
    interface Missing {
        void missing(long from, long to, boolean told);
    }

    private final Missing missing;
    private boolean begun;
    private long sequence;
    private long skipped;
    private long gaps;
    private long duplicates;
    private volatile ChannelHealth health = ChannelHealth.NOTHING;

    Sequences(Missing missing) {
        this.missing = missing;
    }

    ChannelHealth health() {
        return health;
    }

    /** Another connection, maybe of another server: the next message begins. */
    void restart() {
        begun = false;
    }

    /** False for what is not newer than what came already. */
    boolean take(long next) {
        if (begun && next <= sequence) {
            duplicate();
            return false;
        }
        reach(next);
        reached(next);
        return true;
    }

    /** The server says that these will not come. */
    void skip(long from, long to) {
        if (begun && to <= sequence) {
            return;
        }
        long first = begun ? Math.max(from, sequence + 1) : from;
        reach(first);
        skipped += to - first + 1;
        reached(to);
        missing.missing(first, to, true);
    }

    // A book's changes say themselves what they stand for: these count alone.

    void reached(long newest) {
        sequence = newest;
        publish();
    }

    void skipped(long count) {
        skipped += count;
        publish();
    }

    void gap() {
        gaps++;
        publish();
    }

    void duplicate() {
        duplicates++;
        publish();
    }

    private void reach(long next) {
        long expected = sequence + 1;
        boolean lost = begun && next > expected;
        begun = true;
        if (lost) {
            gap();
            missing.missing(expected, next - 1, false);
        }
    }

    private void publish() {
        health = new ChannelHealth(sequence, skipped, gaps, duplicates);
    }
}
