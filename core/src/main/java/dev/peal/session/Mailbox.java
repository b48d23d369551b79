package dev.peal.session;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What is known of one user's log of notifications: where it ends, and how far it was read. Owned by the loop that owns the log. */
final class Mailbox {
    private @Nullable ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private @Nullable String epoch;
    private long newest;
    private long newestNotification;
    private long read;

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

    /** The log was looked at, or could not be: whoever waits goes on. */
    void open() {
        ArrayDeque<Runnable> steps = waiting;
        waiting = null;
        if (steps != null) {
            steps.forEach(Runnable::run);
        }
    }

    /** An entry stands in the log; they may come in any order. */
    void notification(long offset) {
        newestNotification = Math.max(newestNotification, offset);
        entry(offset);
    }

    void entry(long offset) {
        newest = Math.max(newest, offset);
    }

    void readUpTo(long offset) {
        read = Math.max(read, offset);
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
