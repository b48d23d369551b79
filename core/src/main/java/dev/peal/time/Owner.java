package dev.peal.time;

import java.util.concurrent.Executor;

/**
 * One thread that owns mutable state: an event loop in production, a hand-cranked queue in tests.
 *
 * <p>Tasks given to {@link #execute} by one thread run in the order given; that order is what a room's order is built on.
 */
public interface Owner extends Executor {
    /** Runs the task on this owner, after everything that this thread gave it before. Any thread may call. */
    @Override
    void execute(Runnable task);

    /** Whether the calling thread is this owner. */
    boolean inside();

    /**
     * Runs the task once what is ready now has run: the place where a batch that grew during this iteration is written.
     * Owner thread only.
     */
    void atIterationEnd(Runnable task);

    /** Runs the task on this owner after a delay in milliseconds, unless cancelled. Any thread may call. */
    Timer schedule(Runnable task, long delayMillis);

    /** A task that was scheduled. */
    interface Timer {
        /** Stops the task if it has not begun; harmless otherwise. */
        void cancel();
    }
}
