package dev.peal.client.loop;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A loop on a daemon thread of its own. */
public final class LoopThread implements Loop {
    private static final System.Logger LOG = System.getLogger(LoopThread.class.getName());

    private static final int FINISH_SECONDS_MAX = 2;

    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    public LoopThread(String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            thread = made;
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(guarded(task));
    }

    @Override
    public Timer after(long millis, Runnable task) {
        Future<?> waiting = executor.schedule(guarded(task), millis, TimeUnit.MILLISECONDS);
        return () -> waiting.cancel(false);
    }

    /** The executor would keep an exception to itself. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a task of the client failed", e);
            }
        };
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public boolean owns() {
        return Thread.currentThread() == thread;
    }

    /** Runs what was given so far, but for timers, and ends; returns when that is done, or at once where the loop itself calls. */
    public void finish() {
        executor.shutdown();
        if (owns()) {
            return;
        }
        try {
            if (!executor.awaitTermination(FINISH_SECONDS_MAX, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
