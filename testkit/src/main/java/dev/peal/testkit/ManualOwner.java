package dev.peal.testkit;

import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Owner} that runs only while a test cranks it, one event-loop iteration after the other.
 *
 * <p>Tasks may come from any thread. The first thread that cranks is the owner's thread; cranking from another one, from within a task, or using an
 * owner-only method from outside fails with an {@link AssertionError}. What a task throws reaches the test that cranks.
 */
public final class ManualOwner implements Owner {
    private static final int ITERATIONS_MAX = 1_000_000;

    private final Clock clock;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> endTasks = new ArrayDeque<>();
    private final PriorityQueue<Scheduled> scheduled =
            new PriorityQueue<>(Comparator.comparingLong(Scheduled::atNanos).thenComparingLong(Scheduled::sequence));
    private final AtomicLong sequences = new AtomicLong();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private volatile boolean running;

    /** An owner whose delays pass on {@code clock}; with a {@link ManualClock}, when the test says so. */
    public ManualOwner(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean inside() {
        return running && thread.get() == Thread.currentThread();
    }

    @Override
    public void atIterationEnd(Runnable task) {
        if (!inside()) {
            throw new AssertionError("atIterationEnd: called from outside the owner, by " + Thread.currentThread());
        }
        endTasks.add(task);
    }

    @Override
    public Timer schedule(Runnable task, long delayMillis) {
        Scheduled timer = new Scheduled(clock.nanos() + delayMillis * 1_000_000, sequences.getAndIncrement(), task);
        synchronized (scheduled) {
            scheduled.add(timer);
        }
        return timer;
    }

    /** Runs {@code task} now, as if the loop had picked it; what it queues stays queued, and iteration-end tasks wait for {@link #iterate}. */
    public void run(Runnable task) {
        enter();
        try {
            task.run();
        } finally {
            running = false;
        }
    }

    /**
     * One iteration: the delays that have passed, the tasks queued before it began, then the iteration-end tasks.
     *
     * @return how many tasks ran
     */
    public int iterate() {
        enter();
        try {
            int ran = runDue();
            for (int ready = tasks.size(); ready > 0; ready--) {
                Runnable task = tasks.poll();
                if (task == null) {
                    break;
                }
                task.run();
                ran++;
            }
            return ran + runEnd();
        } finally {
            running = false;
        }
    }

    /**
     * Iterates until nothing is ready.
     *
     * @return how many tasks ran
     */
    public int runReady() {
        int ran = 0;
        for (int iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
            int now = iterate();
            if (now == 0) {
                return ran;
            }
            ran += now;
        }
        throw new AssertionError("the owner does not come to rest");
    }

    /** Iterates until the condition holds, waiting for other threads' tasks up to {@link Await#DEADLINE}. */
    public void runUntil(String what, BooleanSupplier condition) {
        runUntil(what, Await.DEADLINE, condition);
    }

    /** Iterates until the condition holds, waiting for other threads' tasks; fails after {@code deadline} of real time, naming {@code what}. */
    public void runUntil(String what, Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (iterate() > 0) {
                continue;
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + deadline + ": " + what);
            }
            LockSupport.parkNanos(Await.STEP_NANOS);
        }
    }

    /** How many tasks are queued, not counting delayed and iteration-end ones. */
    public int queued() {
        return tasks.size();
    }

    /** How many delayed tasks wait, cancelled ones not counted. */
    public int delayed() {
        synchronized (scheduled) {
            return scheduled.size();
        }
    }

    private int runDue() {
        int ran = 0;
        long now = clock.nanos();
        for (Scheduled due = pollDue(now); due != null; due = pollDue(now)) {
            due.task.run();
            ran++;
        }
        return ran;
    }

    private @Nullable Scheduled pollDue(long now) {
        synchronized (scheduled) {
            Scheduled first = scheduled.peek();
            return first != null && first.atNanos <= now ? scheduled.poll() : null;
        }
    }

    private int runEnd() {
        int ran = 0;
        for (Runnable task = endTasks.poll(); task != null; task = endTasks.poll()) {
            task.run();
            ran++;
        }
        return ran;
    }

    private void enter() {
        Thread caller = Thread.currentThread();
        if (!thread.compareAndSet(null, caller) && thread.get() != caller) {
            throw new AssertionError("cranked by " + caller + ", but owned by " + thread.get());
        }
        if (running) {
            throw new AssertionError("cranked from within one of its own tasks");
        }
        running = true;
    }

    private final class Scheduled implements Timer {
        private final long atNanos;
        private final long sequence;
        private final Runnable task;

        private Scheduled(long atNanos, long sequence, Runnable task) {
            this.atNanos = atNanos;
            this.sequence = sequence;
            this.task = task;
        }

        private long atNanos() {
            return atNanos;
        }

        private long sequence() {
            return sequence;
        }

        @Override
        public void cancel() {
            synchronized (scheduled) {
                scheduled.remove(this);
            }
        }
    }
}
