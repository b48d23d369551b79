package dev.peal.bench.peer;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a program on any of these servers does with a message: parse it, wrap what it says, make it into text once, send that to every member of its room. Safe
 * for the threads of a server's pool.
 *
 * @param <C> the server's connection
 * @param <M> a message in the form that the server sends to many most cheaply
 */
abstract class RoomProgram<C, M> {
    static final String ECHO_PATH = "/echo";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Set<C>> rooms = new ConcurrentHashMap<>();
    private final Map<C, String> joined = new ConcurrentHashMap<>();

    /** Makes a text into what is then sent to each member. */
    abstract M prepare(String text);

    abstract void send(C connection, M message);

    final void received(C connection, String text) {
        JsonNode message = JSON.readTree(text);
        JsonNode data = message.path("data");
        String room = data.path("roomId").asString();
        switch (message.path("type").asString()) {
            case "join_room" -> join(connection, room);
            case "message" -> publish(room, data);
            default -> throw new IllegalArgumentException("the load sends nothing else");
        }
    }

    private void join(C connection, String room) {
        rooms.computeIfAbsent(room, unused -> ConcurrentHashMap.newKeySet()).add(connection);
        joined.put(connection, room);
        ObjectNode answer = JSON.createObjectNode().put("type", "joined").put("id", "j");
        answer.putObject("data").put("roomId", room);
        send(connection, prepare(JSON.writeValueAsString(answer)));
    }

    private void publish(String room, JsonNode data) {
        ObjectNode push = JSON.createObjectNode().put("type", "message");
        push.putObject("data")
                .put("roomId", room)
                .put("message", data.path("message").asString())
                .putNull("userId")
                .putNull("userName")
                .put("timestamp", System.currentTimeMillis());
        M message = prepare(JSON.writeValueAsString(push));
        for (C member : rooms.getOrDefault(room, Set.of())) {
            send(member, message);
        }
    }

    final void left(C connection) {
        String room = joined.remove(connection);
        if (room != null) {
            rooms.computeIfPresent(
                    room, (unused, members) -> members.remove(connection) && members.isEmpty() ? null : members);
        }
    }
}
