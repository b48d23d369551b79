package dev.peal.bench.jmh;

import dev.peal.time.Owner;
import java.util.ArrayDeque;

/** An event loop without I/O: the benchmark's thread runs it, one iteration per call. */
final class IterationOwner implements Owner {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final ArrayDeque<Runnable> endTasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean inside() {
        return true;
    }

    @Override
    public void atIterationEnd(Runnable task) {
        endTasks.add(task);
    }

    /** Never runs the task: nothing that is measured waits. */
    @Override
    public Timer schedule(Runnable task, long delayMillis) {
        return () -> {};
    }

    /** Runs what is ready, then what waits for the iteration's end, until nothing is left. */
    void iterate() {
        while (!tasks.isEmpty() || !endTasks.isEmpty()) {
            run(tasks);
            run(endTasks);
        }
    }

    private static void run(ArrayDeque<Runnable> ready) {
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
        }
    }
}
