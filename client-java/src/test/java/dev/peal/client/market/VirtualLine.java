package dev.peal.client.market;

import dev.peal.client.Line;
import dev.peal.client.PealException;
import dev.peal.client.StreamLine;
import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A line to a server that a test plays, in virtual time and on the test's thread. */
final class VirtualLine implements StreamLine {
    /** Everything that was asked or said, in order. */
    final List<ObjectNode> said = new ArrayList<>();
    /** Paths that were asked for over HTTP; each is answered with an empty list. */
    final List<String> gets = new ArrayList<>();

    private final Time time = new Time();
    private Consumer<ObjectNode> hears = message -> {};
    private Optional<PealException> refusal = Optional.empty();

    /** Hears what is said from now on, after it was remembered. */
    void onSaid(Consumer<ObjectNode> listener) {
        hears = listener;
    }

    /** Questions are refused from now on. */
    void refuse(PealException why) {
        refusal = Optional.of(why);
    }

    void pass(long millis) {
        time.pass(millis);
    }

    long millis() {
        return time.millis;
    }

    @Override
    public Loop loop() {
        return time;
    }

    @Override
    public Executor callbacks() {
        return Runnable::run;
    }

    @Override
    public RandomGenerator random() {
        return new Random(1);
    }

    @Override
    public long waitMillis(int failures) {
        return 500;
    }

    @Override
    public void ask(ObjectNode action, Consumer<Line.Answer> then) {
        tell(action);
        time.execute(() ->
                then.accept(refusal.<Line.Answer>map(why -> new Line.Answer.Refused(why, OptionalLong.empty()))
                        .orElseGet(() -> new Line.Answer.Said(Json.object()))));
    }

    @Override
    public void tell(ObjectNode action) {
        said.add(action);
        hears.accept(action);
    }

    @Override
    public void get(String pathAndQuery, Consumer<Optional<JsonNode>> then) {
        gets.add(pathAndQuery);
        time.execute(() -> then.accept(Json.value("[]")));
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public void close() {}

    private static final class Time implements Loop {
        private record Due(long millis, long order, Runnable task) {}

        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        private final PriorityQueue<Due> timers =
                new PriorityQueue<>(Comparator.comparingLong(Due::millis).thenComparingLong(Due::order));
        private long millis;
        private long orders;

        void pass(long delta) {
            long end = millis + delta;
            run();
            while (!timers.isEmpty() && timers.peek().millis <= end) {
                Due due = timers.poll();
                millis = due.millis;
                due.task.run();
                run();
            }
            millis = end;
        }

        private void run() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Timer after(long delay, Runnable task) {
            Due due = new Due(millis + delay, orders++, task);
            timers.add(due);
            return () -> timers.remove(due);
        }

        @Override
        public long nanos() {
            return TimeUnit.MILLISECONDS.toNanos(millis);
        }

        @Override
        public boolean owns() {
            return true;
        }

        @Override
        public void close() {
            tasks.clear();
            timers.clear();
        }
    }
}
