package dev.peal.server;

import dev.peal.protocol.Position;
import dev.peal.testkit.sse.EventStreamClient;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One way of talking to a server: a message has a reply, and pushes come meanwhile. One thread asks. */
abstract class Line implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The ways that there are. */
    enum Kind {
        WEBSOCKET,
        EVENTS,
        POLLING
    }

    /** @param pushes given every push, on some thread */
    static Line open(Kind kind, FallbackServer server, String token, Consumer<JsonNode> pushes) {
        return switch (kind) {
            case WEBSOCKET -> new Socket(server, token, pushes);
            case EVENTS -> new Events(server, token, pushes);
            case POLLING -> new Polling(server, token, pushes);
        };
    }

    /** Sends a message and waits for its reply. */
    abstract JsonNode ask(ObjectNode message);

    /** Gets what does not come by itself. */
    void pull() {}

    @Override
    public abstract void close();

    private static final class Socket extends Line implements WebSocket.Listener {
        private final Map<String, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
        private final AtomicInteger ids = new AtomicInteger();
        private final StringBuilder text = new StringBuilder();
        private final Consumer<JsonNode> pushes;
        private final WebSocket socket;

        Socket(FallbackServer server, String token, Consumer<JsonNode> pushes) {
            this.pushes = pushes;
            URI uri = URI.create("ws://localhost:" + server.server().port() + "/");
            this.socket =
                    server.http().newWebSocketBuilder().buildAsync(uri, this).join();
            ObjectNode hello = JSON.createObjectNode().put("type", "authenticate");
            hello.putObject("data").put("token", token);
            ask(hello);
        }

        @Override
        JsonNode ask(ObjectNode message) {
            String id = "q" + ids.incrementAndGet();
            CompletableFuture<JsonNode> reply = new CompletableFuture<>();
            asked.put(id, reply);
            socket.sendText(message.deepCopy().put("id", id).toString(), true).join();
            return reply.orTimeout(60, TimeUnit.SECONDS).join();
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonNode message = JSON.readTree(text.toString());
                text.setLength(0);
                CompletableFuture<JsonNode> reply =
                        asked.remove(message.path("id").asString(""));
                if (reply == null) {
                    pushes.accept(message);
                } else {
                    reply.complete(message);
                }
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private static final class Events extends Line {
        private final FallbackServer server;
        private final EventStreamClient stream;
        private final String[] headers;

        Events(FallbackServer server, String token, Consumer<JsonNode> pushes) {
            this.server = server;
            this.stream = server.stream("", "Authorization", "Bearer " + token, "Peal-Session", "new");
            String session = stream.await("authenticated").at("/data/sessionId").asString();
            this.headers = new String[] {"Authorization", "Bearer " + token, "Peal-Session", session};
            Thread.ofVirtual().start(() -> {
                for (Optional<JsonNode> next = stream.next(); next.isPresent(); next = stream.next()) {
                    pushes.accept(next.get());
                }
            });
        }

        @Override
        JsonNode ask(ObjectNode message) {
            return server.say(message.toString(), headers).json();
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    private static final class Polling extends Line {
        private final FallbackServer server;
        private final Consumer<JsonNode> pushes;
        private final String[] headers;
        private final Map<String, Position> positions = new TreeMap<>();

        Polling(FallbackServer server, String token, Consumer<JsonNode> pushes) {
            this.server = server;
            this.pushes = pushes;
            this.headers = new String[] {"Authorization", "Bearer " + token};
        }

        @Override
        JsonNode ask(ObjectNode message) {
            JsonNode reply = server.say(message.toString(), headers).json();
            String room = message.at("/data/roomId").asString("");
            JsonNode data = reply.path("data");
            if (reply.path("type").asString().equals("joined")) {
                JsonNode since = message.at("/data/since");
                JsonNode from = data.path("recovered").asBoolean(false) ? since : data;
                positions.put(
                        room,
                        new Position(
                                from.path("epoch").asString(),
                                from.path("offset").asLong()));
            } else if (message.path("type").asString().equals("leave_room")) {
                positions.remove(room);
            }
            return reply;
        }

        @Override
        void pull() {
            if (positions.isEmpty()) {
                return;
            }
            String query = positions.entrySet().stream()
                    .map(one -> "room=" + one.getKey() + "&since=" + one.getKey() + "%40" + one.getValue())
                    .collect(Collectors.joining("&"));
            FallbackServer.Answer answer = server.get("/api/messages?wait=1&limit=3&" + query, headers);
            answer.json().forEach(pushes);
            for (String stand : answer.header("Peal-Position").split(", ")) {
                String room = stand.contains("@")
                        ? stand.substring(0, stand.indexOf('@'))
                        : positions.keySet().iterator().next();
                positions.put(
                        room,
                        Position.parse(stand.substring(stand.indexOf('@') + 1)).orElseThrow());
            }
        }

        @Override
        public void close() {}
    }
}
