package dev.peal.client.market;

/**
 * The server's book, as it can be known from what came. While {@link #verified} it is that book at {@link #sequence}: a change is taken only behind the very book that it
 * changes, and the ten best levels have the checksum that came with it. Not thread-safe.
 */
final class BookReplica {
    /** What became of a message. */
    enum Taken {
        CHANGED,
        /** It came again, or too late. */
        OLD,
        /** A change, where only a whole book helps. */
        WAITING,
        /** Changes are missing before it. */
        GAP,
        CHECKSUM,
        CROSSED;

        /** Whether only a whole book helps now. */
        boolean broken() {
            return this == GAP || this == CHECKSUM || this == CROSSED;
        }
    }

    private final BookSide bids = BookSide.bids();
    private final BookSide asks = BookSide.asks();
    private long sequence;
    private long timestampMillis;
    private boolean verified;
    /** The newest that the server is known to have on this connection. */
    private long seen;

    BookSide bids() {
        return bids;
    }

    BookSide asks() {
        return asks;
    }

    /** Of the newest book that was verified; 0: none was. */
    long sequence() {
        return sequence;
    }

    long timestampMillis() {
        return timestampMillis;
    }

    boolean verified() {
        return verified;
    }

    /** Another connection begins, maybe to another server, or another depth: only a whole book helps, whatever its sequence. */
    void restart() {
        verified = false;
        seen = 0;
    }

    Taken take(BookMessage message, Steps steps, int depth) {
        if (message.sequence() < seen || verified && message.sequence() == sequence) {
            return Taken.OLD;
        }
        seen = message.sequence();
        if (!message.whole() && !verified) {
            return Taken.WAITING;
        }
        if (!message.whole() && message.previous() != sequence) {
            verified = false;
            return Taken.GAP;
        }
        apply(message, depth);
        Taken taken = check(message.checksum(), steps);
        verified = taken == Taken.CHANGED;
        if (verified) {
            sequence = message.sequence();
        }
        return taken;
    }

    private void apply(BookMessage message, int depth) {
        if (message.whole()) {
            bids.clear();
            asks.clear();
        }
        bids.putAll(message.bids());
        asks.putAll(message.asks());
        bids.cut(depth);
        asks.cut(depth);
        timestampMillis = message.timestampMillis();
    }

    private Taken check(long checksum, Steps steps) {
        if (Checksum.of(bids, asks, steps) != checksum) {
            return Taken.CHECKSUM;
        }
        boolean crossed = bids.size() > 0 && asks.size() > 0 && bids.ticks(0) >= asks.ticks(0);
        return crossed ? Taken.CROSSED : Taken.CHANGED;
    }
}
