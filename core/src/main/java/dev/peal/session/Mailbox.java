package dev.peal.session;

import dev.peal.log.Entry;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What is known of one user's log of notifications: where it ends, and how far it was read. Owned by the loop that owns the log. */
final class Mailbox {
    private @Nullable ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private @Nullable String epoch;
    private boolean readable;
    private long newest;
    private long newestNotification;
    private long read;
    private long asked;

    /** Runs a step once the log was looked at; at once where it has been. */
    void whenKnown(Runnable step) {
        if (waiting == null) {
            step.run();
        } else {
            waiting.addLast(step);
        }
    }

    boolean known() {
        return waiting == null;
    }

    /**
     * The log was looked at: whoever waits goes on.
     *
     * @param readable false: it could not be
     */
    void open(boolean readable) {
        this.readable = readable;
        ArrayDeque<Runnable> steps = waiting;
        waiting = null;
        if (steps != null) {
            steps.forEach(Runnable::run);
        }
    }

    /** False: the log could not be looked at, and nothing here is true. */
    boolean readable() {
        return readable;
    }

    /** An entry stands in the log; they may come in any order. */
    void entry(Entry entry) {
        endsAt(entry.offset());
        long mark = Notifications.mark(entry);
        if (mark > 0) {
            read = Math.max(read, mark);
        } else {
            newestNotification = Math.max(newestNotification, entry.offset());
        }
    }

    /** The log reaches to there at least. */
    void endsAt(long offset) {
        newest = Math.max(newest, offset);
    }

    /** Whether a mark at an offset says more than those before, also those that are not stored yet; it counts as asked for from now on. */
    boolean mark(long offset) {
        if (offset <= Math.max(read, asked)) {
            return false;
        }
        asked = offset;
        return true;
    }

    /** Whether this is another history than the one known. */
    boolean replacedBy(String other) {
        boolean replaced = epoch != null && !epoch.equals(other);
        epoch = other;
        return replaced;
    }

    /** Whether both the newest mark and the newest notification were seen: what is older says nothing new. */
    boolean isPlain() {
        return read > 0 && newestNotification > 0;
    }

    long newest() {
        return newest;
    }

    long read() {
        return read;
    }

    /** The unread notifications stand behind this offset. */
    long unreadAfter() {
        return newestNotification <= read ? newest : read;
    }
}
