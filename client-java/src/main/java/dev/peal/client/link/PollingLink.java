package dev.peal.client.link;

import dev.peal.client.loop.Loop;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Waiting polls for the rooms that were joined and for notifications, and posts. The server keeps nothing of it between two requests: membership is this link's memory of
 * rooms and positions. Owned by the loop.
 */
final class PollingLink implements Link {
    /** In {@code open} mode nobody remembers who the caller is: these name it each time. */
    private static final Set<String> NAMED = Set.of("chat", "message", "typing");

    private final Http http;
    private final LinkEvents events;
    private final Posts posts;
    private final AckOrder order;
    private final RoomPolls rooms;
    private final NoticePolls notices;
    private @Nullable JsonNode userId;
    private boolean over;

    PollingLink(Http http, Loop loop, LinkEvents events) {
        this.http = http;
        this.events = events;
        this.order = new AckOrder(events::message);
        this.posts = new Posts(http, this::replied, this::end);
        this.rooms = new RoomPolls(http, loop, order::push, this::end);
        this.notices = new NoticePolls(http, loop, events::message, this::end);
    }

    void open() {
        if (!over) {
            events.open();
        }
    }

    @Override
    public void send(ObjectNode message) {
        if (over) {
            return;
        }
        String type = message.path("type").stringValue("");
        if (type.equals("authenticate")) {
            Optional.ofNullable(message.path("data").path("token").stringValue(null))
                    .ifPresent(http::token);
            userId = message.path("data").get("userId");
        } else if (userId != null && NAMED.contains(type) && message.get("data") instanceof ObjectNode data) {
            data.set("userId", userId);
        } else if (type.equals("leave_room")) {
            String room = message.path("data").path("roomId").stringValue("");
            rooms.leave(room);
            order.left(room);
        }
        posts.send(message);
    }

    private void replied(ObjectNode sent, ObjectNode reply) {
        JsonNode data = reply.path("data");
        switch (reply.path("type").stringValue("")) {
            case "authenticated" -> {
                events.message(reply);
                notices.start();
            }
            case "joined" -> {
                String room = data.path("roomId").stringValue("");
                JsonNode from = Joins.from(sent, reply);
                order.joined(room, from.path("offset").asLong(0));
                events.message(reply);
                rooms.join(
                        room,
                        from.path("epoch").stringValue("") + ":"
                                + from.path("offset").asLong(0));
            }
            default -> order.reply(sent, reply);
        }
    }

    @Override
    public void close(int code, String reason) {
        over = true;
        posts.close();
        order.close();
        rooms.close();
        notices.close();
    }

    private void end(LinkEnd end) {
        if (!over) {
            close(end.code(), end.reason());
            events.closed(end);
        }
    }
}
