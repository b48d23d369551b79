package dev.peal.client.link;

import dev.peal.client.loop.Loop;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Polls the rooms that were joined, each behind its position. More rooms than one address can name take turns. Owned by the loop.
 */
final class RoomPolls {
    private static final int WAIT_SECONDS = 25;
    private static final int TURN_SECONDS = 1;
    private static final int ROOMS_MAX = 64;

    /** A server need not read addresses of more than 8 KiB. */
    private static final int QUERY_CHARS_MAX = 6_000;

    private final Consumer<ObjectNode> pushes;
    private final Consumer<LinkEnd> broken;
    private final Poll poll;
    /** Room to position, the one whose turn is next first. */
    private final LinkedHashMap<String, String> positions = new LinkedHashMap<>();

    private List<String> asked = List.of();
    private boolean over;

    RoomPolls(Http http, Loop loop, Consumer<ObjectNode> pushes, Consumer<LinkEnd> broken) {
        this.pushes = pushes;
        this.broken = broken;
        this.poll = new Poll(http, loop, this::answered, broken);
    }

    void join(String room, String position) {
        positions.put(room, position);
        again();
    }

    void leave(String room) {
        if (positions.remove(room) != null) {
            again();
        }
    }

    void close() {
        over = true;
        poll.cancel();
    }

    private void again() {
        poll.cancel();
        ask();
    }

    private void ask() {
        if (over || positions.isEmpty()) {
            return;
        }
        StringBuilder query = new StringBuilder();
        List<String> rooms = new ArrayList<>();
        for (Map.Entry<String, String> room : positions.entrySet()) {
            String part = "&room=" + room.getKey() + "&since=" + Query.escaped(room.getKey() + "@" + room.getValue());
            if (rooms.size() == ROOMS_MAX || query.length() + part.length() > QUERY_CHARS_MAX) {
                break;
            }
            query.append(part);
            rooms.add(room.getKey());
        }
        asked = rooms;
        poll.ask(rooms.size() == positions.size() ? WAIT_SECONDS : TURN_SECONDS, query.toString());
    }

    private void answered(HttpResponse<String> response, ArrayNode entries) {
        boolean gap = Query.values(response, "Peal-Recovered", asked).containsValue("false");
        if (gap) {
            // Who joins again with a position is told what was lost; a poll has no words for it.
            broken.accept(LinkEnd.abnormal("the position is gone", LinkEnd.Progress.OPENED));
            return;
        }
        Map<String, String> reached = Query.values(response, "Peal-Position", asked);
        for (String room : asked) {
            String before = positions.remove(room);
            if (before != null) {
                positions.put(room, reached.getOrDefault(room, before));
            }
        }
        for (JsonNode entry : entries) {
            pushes.accept((ObjectNode) entry);
        }
        if (over) {
            return; // one of the pushes ended the client
        }
        boolean more = response.headers().firstValue("Peal-More").isPresent();
        if (more || entries.isEmpty()) {
            ask();
        } else {
            poll.later(this::ask);
        }
    }
}
