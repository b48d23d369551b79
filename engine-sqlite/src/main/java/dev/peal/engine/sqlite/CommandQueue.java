package dev.peal.engine.sqlite;

import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits for the writer. Any thread adds; the writer takes everything at once, so a lock is held for one addition or one swap of lists.
 *
 * <p>An idle writer is woken for appends at the end of the owner's iteration, not at the first of them: what one iteration appends shares a commit, comes back
 * together and goes out in one batch. Woken at once, on a busy core it would commit the first few alone, and their batches would stay small from then on.
 */
final class CommandQueue {
    private final SqliteConfig.Limits limits;
    private List<Command> waiting = new ArrayList<>();
    private List<Command> spare = new ArrayList<>();
    private int appends;
    private long appendBytes;
    /** Owners at the end of whose iteration the writer is woken; at most one for each event loop. */
    private final List<Owner> wakers = new ArrayList<>();

    private boolean parked;
    private boolean closed;

    CommandQueue(SqliteConfig.Limits limits) {
        this.limits = limits;
    }

    /** False where too much waits, or where the log is closed. */
    synchronized boolean offer(Command.Append append) {
        if (!admit(append.draft().data().length)) {
            return false;
        }
        waiting.add(append);
        if (parked) {
            wakeAfterIteration(append.feed().following.owner());
        }
        return true;
    }

    /** Counts as an append; any thread may ask for it, so the writer is woken at once. */
    synchronized boolean offer(Command.Write write) {
        if (!admit(write.bytes())) {
            return false;
        }
        add(write);
        return true;
    }

    private boolean admit(int bytes) {
        if (closed || appends >= limits.appendsMax() || appendBytes + bytes > limits.appendBytesMax()) {
            return false;
        }
        appends++;
        appendBytes += bytes;
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
        wake();
    }

    private void wakeAfterIteration(Owner owner) {
        if (!wakers.contains(owner)) {
            wakers.add(owner);
            owner.atIterationEnd(() -> iterationEnded(owner));
        }
    }

    private synchronized void iterationEnded(Owner owner) {
        wakers.remove(owner);
        wake();
    }

    private void wake() {
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
