package dev.peal.client;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import dev.peal.protocol.Recovery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * One subscriber of a room: gets what it asked for, in order, on the callback executor. Owned by the loop.
 *
 * <p>A subscriber that is slower than its room costs a queue and no more: when that is full it has fallen behind, what is stored is read from the room's history once it asks
 * again, and signals of that time are left out. What the log does not hold any more is told to it as {@link RoomEvent.Missed}. The connection and the other subscribers notice
 * nothing.
 */
final class RoomSubscription implements Flow.Subscription {
    private static final System.Logger LOG = System.getLogger(RoomSubscription.class.getName());
    private static final int BATCH_MAX = 64;
    private static final int AGAIN_MILLIS = 1_000;

    /** What all subscriptions of a client share. */
    record Shared(Loop loop, Executor callbacks, Reads reads, int eventsMax) {}

    private final Shared shared;
    private final String roomId;
    private final Flow.Subscriber<? super RoomEvent> subscriber;
    private final Consumer<RoomSubscription> over;
    private final ArrayDeque<RoomEvent> queue = new ArrayDeque<>();
    private long demand;
    /** The last stored entry that is queued or was given. */
    private OptionalLong last = OptionalLong.empty();
    /** The newest stored entry that was offered. */
    private long newest;

    private boolean behind;
    private boolean reading;
    private boolean delivering;
    private boolean completing;
    /** Read by the callback executor within a batch. */
    private volatile boolean ended;

    RoomSubscription(
            Shared shared,
            String roomId,
            Flow.Subscriber<? super RoomEvent> subscriber,
            Consumer<RoomSubscription> over) {
        this.shared = shared;
        this.roomId = roomId;
        this.subscriber = subscriber;
        this.over = over;
    }

    void begin() {
        delivering = true;
        shared.callbacks().execute(() -> {
            try {
                subscriber.onSubscribe(this);
            } catch (RuntimeException e) {
                failed(e);
            }
            shared.loop().execute(this::delivered);
        });
    }

    @Override
    public void request(long n) {
        shared.loop().execute(() -> {
            if (n < 1) {
                fail(new IllegalArgumentException("a demand is positive (Reactive Streams 3.9)"));
                return;
            }
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            deliver();
        });
    }

    @Override
    public void cancel() {
        ended = true;
        shared.loop().execute(this::end);
    }

    /** Something happened. */
    void offer(RoomEvent event) {
        OptionalLong offset = event.offset();
        offset.ifPresent(place -> newest = place);
        if (event instanceof RoomEvent.Joined) {
            rejoined(event);
        } else if (behind || queue.size() >= shared.eventsMax()) {
            if (offset.isPresent()) {
                if (last.isEmpty()) {
                    last = OptionalLong.of(offset.getAsLong() - 1);
                }
                behind = true;
            }
        } else {
            add(event);
        }
        deliver();
    }

    /** Where history was lost there is nothing to catch up with: the queue holds what came before, then this. */
    private void rejoined(RoomEvent event) {
        boolean lost = ((RoomEvent.Joined) event).recovery() instanceof Recovery.Lost;
        if (lost) {
            behind = false;
            last = OptionalLong.empty();
        }
        if (!behind) {
            queue.add(event);
        }
    }

    private void add(RoomEvent event) {
        if (event.offset().isPresent()) {
            last = event.offset();
        }
        queue.add(event);
    }

    /** Ends when what is queued was given. */
    void complete() {
        completing = true;
        behind = false;
        deliver();
    }

    private void deliver() {
        if (ended || delivering) {
            return;
        }
        if (queue.isEmpty()) {
            if (completing) {
                end();
                shared.callbacks().execute(subscriber::onComplete);
            } else if (behind && demand > 0) {
                catchUp();
            }
            return;
        }
        if (demand == 0) {
            return;
        }
        List<RoomEvent> batch = new ArrayList<>();
        while (batch.size() < Math.min(BATCH_MAX, demand) && !queue.isEmpty()) {
            batch.add(queue.poll());
        }
        demand -= demand == Long.MAX_VALUE ? 0 : batch.size();
        delivering = true;
        shared.callbacks().execute(() -> give(batch));
    }

    /** On the callback executor. */
    private void give(List<RoomEvent> batch) {
        try {
            for (RoomEvent event : batch) {
                if (!ended) {
                    subscriber.onNext(event);
                }
            }
        } catch (RuntimeException e) {
            failed(e);
        }
        shared.loop().execute(this::delivered);
    }

    private void delivered() {
        delivering = false;
        deliver();
    }

    private void failed(RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "a subscriber of a room failed and gets nothing more", e);
        cancel();
    }

    private void fail(RuntimeException e) {
        if (!ended) {
            end();
            shared.callbacks().execute(() -> subscriber.onError(e));
        }
    }

    private void end() {
        ended = true;
        queue.clear();
        over.accept(this);
    }

    private void catchUp() {
        if (reading) {
            return;
        }
        reading = true;
        ObjectNode data =
                Json.object().put("roomId", roomId).put("after", last.orElse(0)).put("limit", ClientSettings.PAGE);
        shared.reads().ask("history", data, (answer, failure) -> {
            reading = false;
            if (answer == null || !read(answer)) {
                shared.loop().after(AGAIN_MILLIS, this::deliver);
            } else {
                deliver();
            }
        });
    }

    private boolean read(ObjectNode answer) {
        if (ended || !behind) {
            return true;
        }
        Pages.History page;
        try {
            page = Wire.history(answer);
        } catch (PealException e) {
            return false; // not what was asked for: the next try may fare better
        }
        long after = last.orElse(0);
        if (page.oldest() > after + 1) {
            queue.add(new RoomEvent.Missed(after, page.oldest()));
            last = OptionalLong.of(page.oldest() - 1);
        }
        page.entries().stream()
                .filter(entry -> entry.offset().orElse(0) > last.orElse(0))
                .forEach(this::add);
        behind = page.more() || last.orElse(0) < newest;
        return true;
    }
}
