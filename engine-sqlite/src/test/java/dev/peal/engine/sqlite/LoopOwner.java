package dev.peal.engine.sqlite;

import dev.peal.time.Owner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An owner with a real thread. */
final class LoopOwner implements Owner {
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "owner"));

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public boolean inside() {
        return Thread.currentThread().getName().equals("owner");
    }

    @Override
    public void atIterationEnd(Runnable task) {
        executor.execute(task);
    }

    @Override
    public Timer schedule(Runnable task, long delayMillis) {
        ScheduledFuture<?> future = executor.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, executor).join();
    }

    void stop() {
        executor.shutdown();
    }
}
