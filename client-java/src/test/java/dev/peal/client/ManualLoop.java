package dev.peal.client;

import dev.peal.client.loop.Loop;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** A loop that runs when a test says so, on the test's thread and in virtual time. */
final class ManualLoop implements Loop {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.<Due>comparingLong(due -> due.millis).thenComparingLong(due -> due.order));
    private long millis;
    private long orders;
    private boolean running;

    private static final class Due {
        private final long millis;
        private final long order;
        private final Runnable task;
        private boolean cancelled;

        Due(long millis, long order, Runnable task) {
            this.millis = millis;
            this.order = order;
            this.task = task;
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer after(long delay, Runnable task) {
        Due due = new Due(millis + delay < 0 ? Long.MAX_VALUE : millis + delay, orders++, task);
        timers.add(due);
        return () -> due.cancelled = true;
    }

    @Override
    public long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    long millis() {
        return millis;
    }

    @Override
    public boolean owns() {
        return running;
    }

    /** Runs all that is due now. */
    void run() {
        running = true;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        running = false;
    }

    /** Lets time pass, and runs what comes due at its moment. */
    void pass(long delta) {
        long end = millis + delta;
        run();
        while (!timers.isEmpty() && timers.peek().millis <= end) {
            Due due = timers.poll();
            if (!due.cancelled) {
                millis = due.millis;
                tasks.add(due.task);
                run();
            }
        }
        millis = end;
    }

    @Override
    public void close() {
        tasks.clear();
        timers.clear();
    }
}
