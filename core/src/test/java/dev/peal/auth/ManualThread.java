package dev.peal.auth;

import dev.peal.time.ManualClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/** The thread that fetches keys, cranked by the test. */
final class ManualThread implements JwksThread {
    private record Timer(long dueMillis, Runnable task) {}

    private final ManualClock clock;
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();

    ManualThread(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public void schedule(Runnable task, long delayMillis) {
        timers.add(new Timer(clock.millis() + delayMillis, task));
    }

    @Override
    public void close() {
        ready.clear();
        timers.clear();
    }

    /** Runs what is ready and what is due, and what that makes ready. */
    void run() {
        timers.sort(Comparator.comparingLong(Timer::dueMillis));
        while (!timers.isEmpty() && timers.getFirst().dueMillis() <= clock.millis()) {
            ready.add(timers.removeFirst().task());
        }
        for (var task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
        }
    }
}
