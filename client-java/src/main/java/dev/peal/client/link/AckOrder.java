package dev.peal.client.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the order that a WebSocket has by itself: an acknowledgement comes after the sender's own push. Where pushes and answers come by different ways, an acknowledgement waits
 * here for its push; who published is a member, so the push comes, or the link ends. Owned by the loop.
 */
final class AckOrder {
    private record Held(String room, long offset, ObjectNode ack) {}

    private final Consumer<ObjectNode> up;
    /** How far each room has come on this link. */
    private final Map<String, Long> reached = new HashMap<>();

    private final List<Held> held = new ArrayList<>();

    AckOrder(Consumer<ObjectNode> up) {
        this.up = up;
    }

    /** Pushes of a room come from here on: what is acknowledged up to there has come before. */
    void joined(String room, long offset) {
        reached.put(room, offset);
    }

    /** No pushes come any more. */
    void left(String room) {
        reached.remove(room);
        release(room, Long.MAX_VALUE);
    }

    /** A push goes up; what waited for it goes behind it. */
    void push(ObjectNode push) {
        up.accept(push);
        String room = push.path("data").path("roomId").stringValue("");
        long offset = push.path("offset").asLong(0);
        if (offset > 0 && reached.containsKey(room)) {
            reached.merge(room, offset, Math::max);
            release(room, offset);
        }
    }

    /** An answer goes up, now or behind its push; {@code chat} alone is not pushed to its sender. */
    void reply(ObjectNode sent, ObjectNode reply) {
        JsonNode data = reply.path("data");
        String room = data.path("roomId").stringValue("");
        long offset = data.path("offset").asLong(0);
        boolean ack = reply.path("type").stringValue("").equals("ack");
        boolean chat = sent.path("type").stringValue("").equals("chat");
        if (ack && !chat && offset > reached.getOrDefault(room, Long.MAX_VALUE)) {
            held.add(new Held(room, offset, reply));
        } else {
            up.accept(reply);
        }
    }

    private void release(String room, long upTo) {
        List<Held> due = held.stream()
                .filter(one -> one.room.equals(room) && one.offset <= upTo)
                .toList();
        held.removeAll(due);
        due.forEach(one -> up.accept(one.ack));
    }

    void close() {
        held.clear();
    }
}
