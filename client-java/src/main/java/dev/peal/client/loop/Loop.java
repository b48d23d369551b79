package dev.peal.client.loop;

import java.util.concurrent.Executor;

/**
 * Runs one task after the other, in the order given, and tells the time to them. All state of a client belongs to its loop. Thread-safe.
 *
 * <p>Time is monotonic: a wall clock that is set forward or back is not noticed.
 */
public interface Loop extends Executor, AutoCloseable {
    /** Runs the task behind all that were given before; does nothing after {@link #close}. Never runs it within this call. */
    @Override
    void execute(Runnable task);

    /** Runs the task in so many milliseconds, 0 or more. */
    Timer after(long millis, Runnable task);

    /** Nanoseconds since some moment. */
    long nanos();

    /** Whether the caller is a task of this loop. */
    boolean owns();

    /** Forgets every task and timer; the one that runs comes to its end. */
    @Override
    void close();

    /** A task that waits for its time. */
    interface Timer {
        /** A timer that is over. */
        Timer NONE = () -> {};

        /** Forgets the task; called by a task of the loop, it never runs. */
        void cancel();
    }
}
