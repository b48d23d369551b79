package dev.peal.client.docs;

import dev.peal.client.Line;
import dev.peal.client.loop.Loop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A connection whose two directions move when the test says so, and which can be cut with whatever is on its way. */
final class FakeLine implements Line {
    private static final Consumer<Answer> NOBODY = answer -> {};

    private record Asked(String type, JsonNode data, Consumer<Answer> then) {}

    private record Coming(ObjectNode message, Consumer<Answer> then) {}

    private final FakeAuthority authority;
    private final RandomGenerator random;
    private final ArrayDeque<Asked> up = new ArrayDeque<>();
    private final ArrayDeque<Coming> down = new ArrayDeque<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final Line.User user;
    private boolean connected;

    FakeLine(FakeAuthority authority, long seed, Function<Line, Line.User> made) {
        this.authority = authority;
        this.random = new Random(seed);
        this.user = made.apply(this);
    }

    boolean connected() {
        return connected;
    }

    void connect() {
        connected = true;
        user.live("websocket", Optional.of("u"));
    }

    /** What is on its way is lost, either way. */
    void cut() {
        connected = false;
        authority.leave(this);
        List<Asked> lost = List.copyOf(up);
        List<Coming> unheard = List.copyOf(down);
        up.clear();
        down.clear();
        user.lost();
        lost.forEach(asked -> asked.then().accept(new Answer.Lost()));
        unheard.stream()
                .filter(coming -> coming.then() != NOBODY)
                .forEach(coming -> coming.then().accept(new Answer.Lost()));
    }

    void deliver(ObjectNode message) {
        down.add(new Coming(message, NOBODY));
    }

    /** The server takes the next message, if there is one. */
    boolean moveUp() {
        Asked asked = up.poll();
        if (asked == null) {
            return false;
        }
        if (asked.type().equals("join_document")) {
            int before = down.size();
            authority.join(this, asked.data());
            List<Coming> all = new ArrayList<>(down);
            all.set(before, new Coming(all.get(before).message(), asked.then()));
            down.clear();
            down.addAll(all);
        } else if (asked.type().equals("operation")) {
            ObjectNode ack = authority.take(asked.data());
            down.add(new Coming(ack, asked.then()));
        }
        return true;
    }

    /** The client takes the next message, if there is one. */
    boolean moveDown() {
        Coming coming = down.poll();
        if (coming == null) {
            return false;
        }
        if (coming.then() == NOBODY) {
            user.push(coming.message());
        } else {
            coming.then().accept(new Answer.Said(coming.message()));
        }
        return true;
    }

    void runTimers() {
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    @Override
    public Loop loop() {
        return new Loop() {
            @Override
            public void execute(Runnable task) {
                task.run();
            }

            @Override
            public Timer after(long millis, Runnable task) {
                timers.add(task);
                return () -> timers.remove(task);
            }

            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public boolean owns() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Executor callbacks() {
        return Runnable::run;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public long waitMillis(int failures) {
        return 1;
    }

    @Override
    public void ask(String type, ObjectNode data, Consumer<Answer> then) {
        if (connected) {
            up.add(new Asked(type, data.deepCopy(), then));
        } else {
            then.accept(new Answer.Lost());
        }
    }

    @Override
    public void tell(String type, ObjectNode data) {}
}
