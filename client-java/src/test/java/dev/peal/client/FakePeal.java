package dev.peal.client;

import dev.peal.client.json.Json;
import dev.peal.client.link.Link;
import dev.peal.client.link.LinkEnd;
import dev.peal.client.link.LinkEvents;
import dev.peal.client.link.Target;
import dev.peal.client.link.Transport;
import dev.peal.client.loop.Loop;
import dev.peal.testkit.history.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server in memory behind a network in virtual time: rooms with logs, resume, idempotent publishes, rate limits; links that are late, cut, half open. Everything random comes
 * from the seed.
 */
final class FakePeal implements Transport {
    private static final int LATENCY_MAX = 40;

    private final ManualLoop loop;
    private final Random random;
    private final Map<String, Log> logs = new HashMap<>();
    private final List<FakeLink> links = new ArrayList<>();
    private int sessions;
    private boolean away;
    private double refusing;

    FakePeal(ManualLoop loop, long seed) {
        this.loop = loop;
        this.random = new Random(seed);
    }

    /** A room's log. */
    static final class Log {
        private String epoch = "E";
        private long oldest = 1;
        private final List<ObjectNode> entries = new ArrayList<>();
        private final Map<String, Long> byMessageId = new HashMap<>();

        long newest() {
            return entries.size();
        }
    }

    Log log(String room) {
        return logs.computeIfAbsent(room, any -> new Log());
    }

    String epoch(String room) {
        return log(room).epoch;
    }

    List<Seen.Entry> entries(String room) {
        return log(room).entries.stream()
                .map(entry -> new Seen.Entry(
                        entry.path("offset").asLong(0),
                        entry.path("data").path("message").stringValue("")))
                .toList();
    }

    /** Somebody else says something. */
    void says(String room, String text) {
        append(room, "other", "other-" + text, text);
    }

    /** Refuses publishes for now, so many in a hundred. */
    void refusing(int percent) {
        refusing = percent / 100.0;
    }

    /** While true nobody is there. */
    void away(boolean gone) {
        away = gone;
        if (gone) {
            cutAll();
        }
    }

    void cutAll() {
        List.copyOf(links).forEach(link -> link.cut(1006, ""));
    }

    /** One connection, if there is any, is cut or goes half open. */
    void hurtOne() {
        if (links.isEmpty()) {
            return;
        }
        FakeLink one = links.get(random.nextInt(links.size()));
        if (random.nextInt(4) == 0) {
            one.halfOpen = true;
        } else {
            one.cut(1006, "");
        }
    }

    void restart(long slotMillis) {
        for (FakeLink link : List.copyOf(links)) {
            link.push(Json.read("{\"type\":\"reconnect\",\"data\":{\"afterMs\":" + slotMillis + "}}")
                    .orElseThrow());
            link.cutInOrder(1012, "restart");
        }
    }

    /** Takes away everything up to an offset. */
    void trim(String room, long upTo) {
        log(room).oldest = Math.max(log(room).oldest, upTo + 1);
    }

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public Link open(Target target, Loop any, LinkEvents events) {
        FakeLink link = new FakeLink(events);
        loop.after(latency(), () -> {
            if (away) {
                link.over = true;
                events.closed(new LinkEnd(1006, "", OptionalLong.empty(), LinkEnd.Progress.UNREACHED));
            } else if (!link.over) {
                links.add(link);
                events.open();
            }
        });
        return link;
    }

    private int latency() {
        return 1 + random.nextInt(LATENCY_MAX);
    }

    private void append(String room, String user, String messageId, String text) {
        Log log = log(room);
        ObjectNode entry = Json.object().put("type", "message").put("offset", log.newest() + 1);
        entry.putObject("data")
                .put("roomId", room)
                .put("message", text)
                .put("userId", user)
                .put("timestamp", loop.millis());
        log.entries.add(entry);
        log.byMessageId.put(messageId, log.newest());
        links.stream().filter(link -> link.rooms.contains(room)).forEach(link -> link.push(entry));
    }

    /** One connection: what goes either way arrives in order, some time later, or never. */
    private final class FakeLink implements Link {
        private final LinkEvents events;
        private final Set<String> rooms = new HashSet<>();
        private String user = "";
        private long lastUp;
        private long lastDown;
        private boolean halfOpen;
        private boolean over;

        FakeLink(LinkEvents events) {
            this.events = events;
        }

        @Override
        public void send(ObjectNode message) {
            lastUp = Math.max(lastUp, loop.millis() + latency());
            ObjectNode copy = message.deepCopy();
            loop.after(lastUp - loop.millis(), () -> {
                if (!over && !halfOpen) {
                    take(copy);
                }
            });
        }

        private void later(Runnable task) {
            lastDown = Math.max(lastDown, loop.millis() + latency());
            loop.after(lastDown - loop.millis(), () -> {
                if (!over && !halfOpen) {
                    task.run();
                }
            });
        }

        void push(ObjectNode message) {
            ObjectNode copy = message.deepCopy();
            later(() -> events.message(copy));
        }

        void cut(int code, String reason) {
            if (!over) {
                over = true;
                links.remove(this);
                loop.after(
                        0,
                        () -> events.closed(new LinkEnd(code, reason, OptionalLong.empty(), LinkEnd.Progress.OPENED)));
            }
        }

        void cutInOrder(int code, String reason) {
            later(() -> cut(code, reason));
        }

        @Override
        public void close(int code, String reason) {
            over = true;
            links.remove(this);
        }

        private void take(ObjectNode message) {
            JsonNode data = message.path("data");
            String room = data.path("roomId").stringValue("");
            switch (message.path("type").stringValue("")) {
                case "authenticate" -> {
                    user = data.path("userId").stringValue("");
                    reply(message, "authenticated")
                            .put("success", true)
                            .put("userId", user)
                            .put("sessionId", "S" + ++sessions);
                }
                case "ping" -> push(Json.object().put("type", "pong"));
                case "join_room" -> join(message, room, data.get("since"));
                case "leave_room" -> rooms.remove(room);
                case "message" -> publish(message, room, data);
                case "history" -> history(message, room, data);
                default -> {}
            }
        }

        /** The data of an answer, to be filled in; it is sent behind this moment. */
        private ObjectNode reply(ObjectNode to, String type) {
            ObjectNode reply = Json.object().put("type", type);
            reply.set("id", to.get("id"));
            ObjectNode data = reply.putObject("data");
            later(() -> events.message(reply));
            return data;
        }

        private void join(ObjectNode message, String room, @Nullable JsonNode since) {
            Log log = log(room);
            rooms.add(room);
            ObjectNode joined = reply(message, "joined")
                    .put("roomId", room)
                    .put("epoch", log.epoch)
                    .put("offset", log.newest())
                    .put("durability", "disk");
            if (since == null) {
                return;
            }
            long from = since.path("offset").asLong(0);
            boolean recovered = log.epoch.equals(since.path("epoch").stringValue("")) && from + 1 >= log.oldest;
            joined.put("recovered", recovered);
            if (recovered) {
                log.entries.subList((int) from, log.entries.size()).forEach(this::push);
            } else {
                joined.put("reason", "history_trimmed").put("oldest", log.oldest);
            }
        }

        private void publish(ObjectNode message, String room, JsonNode data) {
            if (random.nextDouble() < refusing) {
                reply(message, "error")
                        .put("code", "rate_limited")
                        .put("message", "Rate limit exceeded")
                        .put("retry", true)
                        .put("retryAfterMs", 1 + random.nextInt(300));
                return;
            }
            Log log = log(room);
            String messageId = message.path("messageId").stringValue("");
            if (!log.byMessageId.containsKey(messageId)) {
                append(room, user, messageId, data.path("message").stringValue(""));
            }
            reply(message, "ack")
                    .put("roomId", room)
                    .put("epoch", log.epoch)
                    .put("offset", log.byMessageId.get(messageId));
        }

        private void history(ObjectNode message, String room, JsonNode data) {
            Log log = log(room);
            long after = Math.max(data.path("after").asLong(0), log.oldest - 1);
            int end = (int) Math.min(log.newest(), after + data.path("limit").asInt(50));
            ObjectNode page = reply(message, "history")
                    .put("roomId", room)
                    .put("epoch", log.epoch)
                    .put("oldest", log.oldest)
                    .put("newest", log.newest())
                    .put("more", end < log.newest());
            ArrayNode entries = page.putArray("entries");
            log.entries.subList((int) after, end).forEach(entry -> entries.add(entry.deepCopy()));
        }
    }
}
