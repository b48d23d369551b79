package dev.peal.docs;

import dev.peal.ot.Delta;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a document that have been sent to the log and are not stored yet. What comes next is decided on the newest of them, so that one sync of the
 * disk serves many. Where one of them comes to nothing they are all forgotten: each of those behind it is refused by the log in turn, and decided on anew. Owned by
 * the document's owner.
 */
final class Tail {
    /** An operation on its way: the same object is the same operation. */
    static final class Pending {
        private final Delta delta;
        private final Text after;
        private final byte[] data;
        private final Receipts.@Nullable Client client;
        private final long seq;

        /**
         * @param after the document with it
         * @param data as sent to the log
         */
        Pending(Delta delta, Text after, byte[] data, Receipts.@Nullable Client client, long seq) {
            this.delta = delta;
            this.after = after;
            this.data = data;
            this.client = client;
            this.seq = seq;
        }

        Delta delta() {
            return delta;
        }

        Text after() {
            return after;
        }

        byte[] data() {
            return data;
        }

        Receipts.@Nullable Client client() {
            return client;
        }

        long seq() {
            return seq;
        }
    }

    private final ArrayDeque<Pending> pending = new ArrayDeque<>();

    /** The document with all of them. */
    Text head(Text stored) {
        Pending last = pending.peekLast();
        return last == null ? stored : last.after();
    }

    void add(Pending operation) {
        pending.addLast(operation);
    }

    /** Takes the oldest out, if it is this one that was stored; else forgets them all. */
    @Nullable
    Pending stored(byte[] data) {
        Pending first = pending.peekFirst();
        if (first == null || !Arrays.equals(first.data(), data)) {
            pending.clear();
            return null;
        }
        return pending.removeFirst();
    }

    /** An operation came to nothing: forgets all of them, unless it is forgotten already. */
    void lost(Pending operation) {
        if (pending.contains(operation)) {
            pending.clear();
        }
    }

    Iterable<Pending> all() {
        return pending;
    }

    /** Whether an operation of a client is on its way. */
    boolean has(Receipts.Client client, long seq) {
        for (Pending operation : pending) {
            if (operation.seq == seq && client.equals(operation.client)) {
                return true;
            }
        }
        return false;
    }
}
