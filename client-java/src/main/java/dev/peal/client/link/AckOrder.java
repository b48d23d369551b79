package dev.peal.client.link;

import dev.peal.client.loop.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the order that a WebSocket has by itself: an acknowledgement comes after the sender's own push. Where pushes and answers come by different ways, an acknowledgement
 * waits here for its push, but never for long: of what the server does not push back there is none. Owned by the loop.
 */
final class AckOrder {
    private static final int WAIT_MILLIS_MAX = 1_000;

    private record Held(String room, long offset, ObjectNode ack, Loop.Timer timer) {}

    private final Loop loop;
    private final Consumer<ObjectNode> up;
    private final Map<String, Long> newest = new HashMap<>();
    private final List<Held> held = new ArrayList<>();

    AckOrder(Loop loop, Consumer<ObjectNode> up) {
        this.loop = loop;
        this.up = up;
    }

    /** A push goes up; what waited for it goes behind it. */
    void push(ObjectNode push) {
        up.accept(push);
        String room = push.path("data").path("roomId").stringValue("");
        long offset = push.path("offset").asLong(0);
        if (offset > 0 && !room.isEmpty()) {
            newest.merge(room, offset, Math::max);
            List<Held> due = held.stream()
                    .filter(one -> one.room.equals(room) && one.offset <= offset)
                    .toList();
            due.forEach(this::release);
        }
    }

    /** An answer goes up, now or behind its push. */
    void reply(ObjectNode sent, ObjectNode reply) {
        String room = reply.path("data").path("roomId").stringValue("");
        long offset = reply.path("data").path("offset").asLong(0);
        boolean waits = reply.path("type").stringValue("").equals("ack")
                && !sent.path("type").stringValue("").equals("chat")
                && offset > newest.getOrDefault(room, 0L);
        if (!waits) {
            up.accept(reply);
            return;
        }
        Loop.Timer patience = loop.after(
                WAIT_MILLIS_MAX,
                () -> held.stream().filter(one -> one.ack == reply).findFirst().ifPresent(this::release));
        held.add(new Held(room, offset, reply, patience));
    }

    /** A room's offsets begin anew. */
    void forget(String room) {
        newest.remove(room);
    }

    private void release(Held one) {
        one.timer.cancel();
        held.remove(one);
        up.accept(one.ack);
    }

    void close() {
        held.forEach(one -> one.timer.cancel());
        held.clear();
    }
}
