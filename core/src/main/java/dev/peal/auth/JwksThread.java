package dev.peal.auth;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Where keys are fetched, away from every event loop. Neither method runs the task inside the call; after {@link #close} none may be called. */
interface JwksThread {
    void execute(Runnable task);

    void schedule(Runnable task, long delayMillis);

    /** Interrupts what runs and forgets what waits. */
    void close();

    /** Two daemon threads: one fetch at a time, and the HTTP client's own tasks beside it. They never keep the process alive. */
    final class Daemon implements JwksThread {
        private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
                2, Thread.ofPlatform().daemon().name("peal-jwks-", 0).factory());

        @Override
        public void execute(Runnable task) {
            threads.execute(task);
        }

        @Override
        public void schedule(Runnable task, long delayMillis) {
            // The future is not needed: the task catches what it throws, and nothing is cancelled singly.
            var unused = threads.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
