package dev.peal.client;

import dev.peal.client.loop.Loop;
import dev.peal.client.outbox.Outgoing;
import dev.peal.protocol.Position;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is published in one room, in order. Owned by the loop.
 *
 * <p>One message at a time is on its way: sent together, one that is refused for now would be overtaken by those behind it. A message leaves the lane when it is acknowledged or
 * refused for good; it is sent again, under its id, after each loss of the connection.
 */
final class Lane {
    /** What becomes of the messages of a lane. */
    interface Owner {
        void acknowledged(Publish publish, Position position);

        void refused(Publish publish, PealException why);

        void held(Held held);
    }

    /** One publish. */
    static final class Publish {
        private final Outgoing message;
        private final @Nullable Consumer<Object> then;
        private final Backoff backoff;

        /** @param then takes an {@link Ack} or a {@link PealException}; null where the program that waited for it is gone */
        Publish(Outgoing message, Backoff backoff, @Nullable Consumer<Object> then) {
            this.message = message;
            this.backoff = backoff;
            this.then = then;
        }

        Outgoing message() {
            return message;
        }

        /** Whether somebody waited for it. */
        boolean end(Object result) {
            if (then != null) {
                then.accept(result);
            }
            return then != null;
        }
    }

    private final Requests requests;
    private final Loop loop;
    private final Owner owner;
    private final ArrayDeque<Publish> waiting = new ArrayDeque<>();
    private boolean open;
    private boolean onItsWay;
    private boolean held;
    private Loop.Timer hold = Loop.Timer.NONE;

    Lane(Requests requests, Loop loop, Owner owner) {
        this.requests = requests;
        this.loop = loop;
        this.owner = owner;
    }

    void add(Publish publish) {
        waiting.add(publish);
        next();
    }

    /** The room is joined: what waits may go. */
    void open() {
        open = true;
        next();
    }

    void shut() {
        open = false;
    }

    /** All that waits is refused. */
    void refuse(PealException why) {
        List<Publish> all = List.copyOf(waiting);
        waiting.clear();
        hold.cancel();
        held = false;
        all.forEach(publish -> owner.refused(publish, why));
    }

    private void next() {
        Publish publish = waiting.peek();
        if (!open || onItsWay || held || publish == null) {
            return;
        }
        onItsWay = true;
        Outgoing message = publish.message;
        requests.ask(
                message.type(), Optional.of(message.messageId()), message.data(), outcome -> done(publish, outcome));
    }

    private void done(Publish publish, Requests.Outcome outcome) {
        onItsWay = false;
        if (waiting.peek() != publish) {
            return; // it was taken out meanwhile
        }
        if (outcome instanceof Requests.Outcome.Answered answer) {
            acknowledged(publish, answer);
        } else if (outcome instanceof Requests.Outcome.Refused refused) {
            refused(publish, refused.refusal());
        }
        next();
    }

    private void acknowledged(Publish publish, Requests.Outcome.Answered answer) {
        Optional<Position> position = Wire.position(answer.message().path("data"));
        boolean stored = Wire.type(answer.message()).equals("ack") && position.isPresent();
        waiting.remove();
        if (stored) {
            owner.acknowledged(publish, position.get());
        } else {
            owner.refused(publish, new PealException("bad_reply", "The server's answer is no acknowledgement", false));
        }
    }

    private void refused(Publish publish, Refusal refusal) {
        if (!refusal.retry()) {
            waiting.remove();
            owner.refused(publish, refusal.exception());
            return;
        }
        long millis = refusal.retryAfterMillis().orElseGet(publish.backoff::nextMillis);
        held = true;
        hold = loop.after(millis, () -> {
            held = false;
            next();
        });
        Outgoing message = publish.message;
        owner.held(new Held(message.roomId(), message.messageId(), refusal.code(), millis));
    }
}
