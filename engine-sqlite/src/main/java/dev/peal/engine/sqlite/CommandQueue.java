package dev.peal.engine.sqlite;

import java.util.ArrayList;
import java.util.List;

/** What waits for the writer. Any thread adds; the writer takes everything at once, so a lock is held for one addition or one swap of lists. */
final class CommandQueue {
    private final SqliteConfig.Limits limits;
    private List<Command> waiting = new ArrayList<>();
    private List<Command> spare = new ArrayList<>();
    private int appends;
    private long appendBytes;
    private boolean parked;
    private boolean closed;

    CommandQueue(SqliteConfig.Limits limits) {
        this.limits = limits;
    }

    /** False where too much waits, or where the log is closed. */
    synchronized boolean offer(Command.Append append) {
        int bytes = append.draft().data().length;
        if (closed || appends >= limits.appendsMax() || appendBytes + bytes > limits.appendBytesMax()) {
            return false;
        }
        appends++;
        appendBytes += bytes;
        add(append);
        return true;
    }

    /** For what is bounded by the number of feeds. False where the log is closed. */
    synchronized boolean submit(Command command) {
        if (closed) {
            return false;
        }
        add(command);
        return true;
    }

    private void add(Command command) {
        waiting.add(command);
        if (parked) {
            parked = false;
            notifyAll();
        }
    }

    /**
     * Everything that waits, waiting for it if need be up to {@code timeoutMillis} (0: for ever). The list is the caller's, to be empty at its next call. Empty after
     * the timeout, and for ever once the queue is closed and empty.
     */
    synchronized List<Command> take(long timeoutMillis) throws InterruptedException {
        if (waiting.isEmpty() && !closed) {
            parked = true;
            wait(timeoutMillis);
            parked = false;
        }
        List<Command> taken = waiting;
        waiting = spare;
        spare = taken;
        appends = 0;
        appendBytes = 0;
        return taken;
    }

    /** No more commands; what waits is still taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean closed() {
        return closed;
    }
}
