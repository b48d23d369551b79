package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.RoomGlobs;
import dev.peal.server.Line.Kind;
import dev.peal.testkit.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * PROMISES 11: the same scenario over WebSocket, event stream and polling, and with moves between them on the way, has the same replies, errors and stored entries
 * in the same order, none twice and none missing; over the first two the same signals too. 100 runs here, 10,000 nightly.
 */
final class TransportsAreEqualTest {
    private static final int RUNS = Boolean.getBoolean("peal.nightly") ? 10_000 : 100;
    private static final int STEPS = 14;
    private static final int ROOMS = 3;

    @TempDir
    private Path folder;

    /** What one client saw. */
    private record Seen(List<String> replies, Map<String, List<String>> entries, List<String> signals) {}

    @Test
    void theSameIsSeenOverEachOfThem() {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        System.out.println("seed " + seed);
        try (FallbackServer server = FallbackServer.start(
                folder.resolve("data"),
                "log.engine",
                "memory",
                "rate.typing",
                "unlimited",
                "rate.history",
                "unlimited",
                "rate.chat",
                "unlimited",
                "rate.authenticate",
                "unlimited")) {
            for (int run = 0; run < RUNS; run++) {
                String name = "run" + run;
                Seen socket = new Play(server, name + "w", seed + run, List.of(Kind.WEBSOCKET)).run();
                Seen events = new Play(server, name + "e", seed + run, List.of(Kind.EVENTS)).run();
                Seen polling = new Play(server, name + "p", seed + run, List.of(Kind.POLLING)).run();
                Seen moving = new Play(server, name + "m", seed + run, List.of(Kind.values())).run();
                assertThat(events).as("events, seed %d", seed + run).isEqualTo(socket);
                for (Seen other : List.of(polling, moving)) {
                    assertThat(other.replies()).as("seed %d", seed + run).isEqualTo(socket.replies());
                    assertThat(other.entries()).as("seed %d", seed + run).isEqualTo(socket.entries());
                }
            }
        }
    }

    /** One client's scenario; its steps depend on the seed alone, its transports on the kinds. */
    private static final class Play {
        private final FallbackServer server;
        private final String name;
        private final Random random;
        private final Random moves;
        private final List<Kind> kinds;
        private final String token;
        private final String[] other;
        private final List<String> replies = new ArrayList<>();
        private final List<String> signals = new ArrayList<>();
        private final Map<String, List<String>> entries = new TreeMap<>();
        private final Map<String, Long> known = new HashMap<>();
        private final Map<String, Long> stored = new HashMap<>();
        private final TreeSet<String> joined = new TreeSet<>();
        private String epoch = "";
        private int texts;
        private int signalsDue;
        private Kind kind;
        private Line line;

        Play(FallbackServer server, String name, long seed, List<Kind> kinds) {
            this.server = server;
            this.name = name;
            this.random = new Random(seed);
            this.moves = new Random(seed + 1);
            this.kinds = kinds;
            this.token = server.token("ann", RoomGlobs.of(List.of("run*")), 600_000);
            this.other = server.as("bob");
            this.kind = kinds.get(moves.nextInt(kinds.size()));
            this.line = Line.open(kind, server, token, this::push);
        }

        Seen run() {
            for (int step = 0; step < STEPS; step++) {
                step();
                settle();
            }
            line.close();
            synchronized (this) {
                return new Seen(replies, entries, signals);
            }
        }

        private void step() {
            String room = room(random.nextInt(ROOMS));
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> join(room);
                case 3 -> leave(room);
                case 4, 5 -> say(room, random.nextBoolean() ? "message" : "chat");
                case 6 -> others(room, 1 + random.nextInt(3));
                case 7 -> othersType(room);
                case 8 -> wrong(random.nextInt(5));
                case 9 -> ask("history", room, data -> data.put("limit", 3));
                default -> move();
            }
        }

        private String room(int number) {
            return name + "-" + number;
        }

        private void join(String room) {
            boolean first = !joined.contains(room);
            Long had = known.get(room);
            JsonNode reply = ask("join_room", room, data -> {
                if (had != null && first) {
                    data.putObject("since").put("epoch", epoch).put("offset", had);
                }
            });
            synchronized (this) {
                epoch = reply.at("/data/epoch").asString();
                known.putIfAbsent(room, reply.at("/data/offset").asLong());
            }
            joined.add(room);
        }

        private void leave(String room) {
            ask("leave_room", room, data -> {});
            joined.remove(room);
        }

        private void say(String room, String type) {
            if (!joined.contains(room)) {
                return;
            }
            String text = text();
            ObjectNode message = message(type, room, data -> data.put("message", text));
            message.put("messageId", name + random.nextInt(6));
            JsonNode reply = reply(message);
            long offset = reply.at("/data/offset").asLong(0);
            if (offset > stored.getOrDefault(room, 0L)) {
                stored.put(room, offset);
                entry(room, offset, type + " " + text + " ann");
            }
        }

        private void others(String room, int count) {
            for (int i = 0; i < count; i++) {
                JsonNode ack =
                        server.say(FallbackServer.message(room, text()), other).json();
                stored.put(room, ack.at("/data/offset").asLong());
            }
        }

        private void othersType(String room) {
            String typing = "{\"type\":\"typing\",\"data\":{\"roomId\":\"" + room + "\",\"typing\":true}}";
            assertThat(server.say(typing, other).status()).isEqualTo(200);
            if (joined.contains(room) && kind != Kind.POLLING) {
                signalsDue++;
            }
        }

        private void wrong(int which) {
            ObjectNode message = JsonMapper.shared().createObjectNode();
            switch (which) {
                case 0 -> message.put("type", "nonsense");
                case 1 -> message.put("type", "message").putObject("data").put("roomId", "a b");
                case 2 -> message.put("type", "join_room").putObject("data").put("roomId", "closed");
                case 3 -> message.put("type", "history").putObject("data").put("roomId", "closed");
                default -> message.put("type", "ping").put("data", 7);
            }
            reply(message);
        }

        /** The connection is lost, things happen meanwhile, and the client comes back, perhaps another way. */
        private void move() {
            line.close();
            int meanwhile = random.nextInt(4);
            for (int i = 0; i < meanwhile; i++) {
                others(room(random.nextInt(ROOMS)), 1);
            }
            kind = kinds.get(moves.nextInt(kinds.size()));
            line = Line.open(kind, server, token, this::push);
            for (String room : List.copyOf(joined)) {
                joined.remove(room);
                join(room);
            }
        }

        private String text() {
            return "text" + texts++ + (random.nextBoolean() ? "\\n\u00e9" : "");
        }

        private interface Fill {
            void into(ObjectNode data);
        }

        private ObjectNode message(String type, String room, Fill fill) {
            ObjectNode message = JsonMapper.shared().createObjectNode().put("type", type);
            fill.into(message.putObject("data").put("roomId", room));
            return message;
        }

        private JsonNode ask(String type, String room, Fill fill) {
            return reply(message(type, room, fill));
        }

        private JsonNode reply(ObjectNode message) {
            JsonNode reply = line.ask(message);
            replies.add(normal(reply.toString()));
            return reply;
        }

        private void push(JsonNode push) {
            JsonNode data = push.path("data");
            String type = push.path("type").asString();
            String room = data.path("roomId").asString();
            if (push.has("offset")) {
                entry(
                        room,
                        push.path("offset").asLong(),
                        type + " " + data.path("message").asString() + " "
                                + data.path("userId").asString());
            } else {
                synchronized (this) {
                    signals.add(normal(push.toString()));
                }
            }
        }

        /** An entry that is known already is passed over; any other must be the next one. */
        private synchronized void entry(String room, long offset, String what) {
            long last = known.getOrDefault(room, 0L);
            if (offset <= last) {
                return;
            }
            assertThat(offset).as("next of %s", room).isEqualTo(last + 1);
            known.put(room, offset);
            entries.computeIfAbsent(room.substring(room.indexOf('-')), r -> new ArrayList<>())
                    .add(offset + " " + what.replace("\n", "\\n"));
        }

        private void settle() {
            Await.until("everything has come", () -> {
                if (settled()) {
                    return true;
                }
                line.pull();
                return settled();
            });
        }

        private synchronized boolean settled() {
            return signals.size() >= signalsDue
                    && joined.stream().allMatch(room -> known.getOrDefault(room, 0L) >= stored.getOrDefault(room, 0L));
        }

        private String normal(String json) {
            return json.replaceAll("\"id\":\"[^\"]*\",", "")
                    .replace(name + "-", "room-")
                    .replaceAll("\"epoch\":\"[^\"]*\"", "\"epoch\":0")
                    .replaceAll("\"timestamp\":(\\d+|\"[^\"]*\")", "\"timestamp\":0");
        }
    }
}
