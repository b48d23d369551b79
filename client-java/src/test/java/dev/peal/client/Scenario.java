package dev.peal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.ClientState.Phase;
import dev.peal.client.json.Json;
import dev.peal.client.link.LinkEnd;
import dev.peal.client.outbox.MemoryOutbox;
import dev.peal.client.outbox.Outbox;
import dev.peal.protocol.Recovery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs one case of {@code client-scenarios.json}; its README says what the words mean. */
final class Scenario {
    /** Always says one half; message ids need bytes that differ. */
    private static final class Half implements RandomGenerator {
        private long next;

        @Override
        public long nextLong() {
            return next++;
        }

        @Override
        public double nextDouble() {
            return 0.5;
        }
    }

    private final JsonNode script;
    private final ManualLoop loop = new ManualLoop();
    private final ScriptedTransport transport = new ScriptedTransport("websocket");
    private final Half random = new Half();
    private final Outbox outbox;
    private final Map<String, JsonNode> names = new HashMap<>();
    private final List<ObjectNode> reports = new ArrayList<>();
    private Optional<String> token;
    private @Nullable PealClient client;

    Scenario(JsonNode script) {
        this.script = script;
        this.token = Optional.ofNullable(script.path("token").stringValue(null));
        this.outbox =
                script.path("outbox").stringValue("").equals("durable") ? new DurableOutbox() : new MemoryOutbox(loop);
    }

    void run() {
        int number = 0;
        for (JsonNode step : script.path("steps")) {
            when(step.path("when"));
            loop.run();
            check("step " + number++ + " " + step.path("when"), step);
        }
    }

    private PealClient client() {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return client;
    }

    private void when(JsonNode event) {
        Map.Entry<String, JsonNode> only = event.properties().iterator().next();
        JsonNode value = only.getValue();
        switch (only.getKey()) {
            case "start", "reload" -> start();
            case "stop" -> client().stop();
            case "join" -> join(value.stringValue());
            case "leave" -> new Room(value.stringValue(), client()).leave();
            case "publish" -> publish(value);
            case "token" -> token = Optional.of(value.stringValue());
            case "linkOpens" -> transport.events().open();
            case "linkEnds" ->
                transport.ends(
                        value.path("code").asInt(),
                        value.path("reason").stringValue(),
                        client().state().phase() == Phase.LIVE ? LinkEnd.Progress.OPENED : LinkEnd.Progress.UNREACHED);
            case "receives" -> transport.events().message(named((ObjectNode) value.deepCopy()));
            case "passesMs" -> loop.pass(value.asLong());
            default -> throw new IllegalArgumentException("unknown: " + event);
        }
    }

    private void start() {
        ClientBuilder builder = PealClient.builder("http://scripted")
                .transports(transport)
                .loop(loop)
                .callbacks(loop)
                .random(random)
                .outbox(outbox);
        token.ifPresent(first -> builder.tokens(() -> CompletableFuture.completedFuture(token.orElseThrow()))
                .tokenThreads(Runnable::run));
        client = builder.connect();
        client.onHeld(held -> reports.add(
                Json.object().put("held", messageName(held.messageId())).put("forMs", held.millis())));
    }

    private String messageName(String messageId) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().stringValue("").equals(messageId))
                .map(entry -> entry.getKey().substring(1))
                .findFirst()
                .orElseThrow();
    }

    private void join(String id) {
        Room room = client().room(id);
        room.onEvent(event -> told(id, event));
    }

    private void publish(JsonNode what) {
        String as = what.path("as").stringValue();
        new Room(what.path("room").stringValue(), client())
                .publish(what.path("message").stringValue())
                .whenComplete((ack, failure) -> {
                    ObjectNode report = Json.object();
                    if (ack != null) {
                        report.put("acknowledged", as).put("offset", ack.offset());
                    } else {
                        report.put("refused", as).put("code", ((PealException) failure).code());
                    }
                    reports.add(report);
                });
    }

    private void told(String room, RoomEvent event) {
        ObjectNode report = Json.object();
        if (event instanceof RoomEvent.Joined joined) {
            report.put("joined", room);
            if (joined.recovery() instanceof Recovery.Complete) {
                report.put("recovered", true);
            } else if (joined.recovery() instanceof Recovery.Lost lost) {
                report.put("recovered", false)
                        .put("reason", lost.reason().wire())
                        .put("oldest", lost.oldest());
            }
        } else if (event instanceof RoomEvent.Refused refused) {
            report.put("roomRefused", room).put("code", refused.code());
        } else if (event instanceof RoomEvent.Message message) {
            report.putObject("entry")
                    .put("room", room)
                    .put("type", message.type())
                    .put("offset", message.place())
                    .put("message", message.text());
        } else {
            signal(room, event)
                    .ifPresent(
                            type -> report.putObject("signal").put("type", type).put("room", room));
        }
        if (!report.isEmpty()) {
            reports.add(report);
        }
    }

    /** What a program need not know of is no report. */
    private static Optional<String> signal(String room, RoomEvent event) {
        return switch (event) {
            case RoomEvent.Typing any -> Optional.of("typing");
            case RoomEvent.UserJoined any -> Optional.of("user_joined");
            case RoomEvent.UserLeft any -> Optional.of("user_left");
            case RoomEvent.PresenceCount any -> Optional.of("presence_count");
            default -> Optional.empty();
        };
    }

    private void check(String step, JsonNode expected) {
        assertThat(transport.opened()).as("%s: opens", step).isEqualTo(expected.has("opens") ? 1 : 0);
        checkCloses(step, expected.get("closes"));
        List<ObjectNode> sent = transport.sent();
        JsonNode sends = expected.path("sends");
        assertThat(sent).as("%s: sends %s", step, sends).hasSize(sends.size());
        for (int i = 0; i < sends.size(); i++) {
            assertThat(matches(sends.get(i), sent.get(i)))
                    .as("%s: sends %s, not %s", step, sends.get(i), sent.get(i))
                    .isTrue();
        }
        ArrayNode told = Json.object().putArray("all");
        reports.forEach(told::add);
        reports.clear();
        JsonNode reportsExpected = expected.path("reports");
        assertThat(told.size())
                .as("%s: reports %s, not %s", step, reportsExpected, told)
                .isEqualTo(reportsExpected.size());
        for (int i = 0; i < told.size(); i++) {
            assertThat(matches(reportsExpected.get(i), told.get(i)))
                    .as("%s: reports %s, not %s", step, reportsExpected.get(i), told.get(i))
                    .isTrue();
        }
        if (expected.has("state")) {
            String phase = client().state().phase().name().toLowerCase(Locale.ROOT);
            assertThat(phase)
                    .as("%s: state", step)
                    .isEqualTo(expected.path("state").stringValue());
        }
        if (expected.has("retryInMs")) {
            assertThat(client().state().retryInMillis().orElse(-1))
                    .as("%s: retryInMs", step)
                    .isEqualTo(expected.path("retryInMs").asLong());
        }
    }

    private void checkCloses(String step, @Nullable JsonNode expected) {
        Optional<Integer> closed = transport.closed();
        if (expected == null) {
            assertThat(closed).as("%s: closes", step).isEmpty();
        } else if (expected.isNumber()) {
            assertThat(closed).as("%s: closes", step).contains(expected.asInt());
        } else {
            assertThat(closed).as("%s: closes", step).isPresent();
        }
    }

    /** Equal as JSON; null and an empty data are as good as absent, and a name stands for what the client chose. */
    private boolean matches(JsonNode expected, JsonNode actual) {
        if (expected.isString() && expected.stringValue().startsWith("$")) {
            JsonNode known = names.putIfAbsent(expected.stringValue(), actual);
            return known == null || known.equals(actual);
        }
        if (!expected.isObject()) {
            return expected.equals(actual)
                    || expected.isNumber() && actual.isNumber() && expected.asLong() == actual.asLong();
        }
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            JsonNode value = actual.path(field.getKey());
            if (!absent(field.getValue()) && !matches(field.getValue(), value)) {
                return false;
            }
        }
        return actual.properties().stream()
                .allMatch(field -> field.getKey().equals("id")
                        || absent(field.getValue())
                        || !absent(expected.path(field.getKey())));
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.isObject() && node.isEmpty();
    }

    /** The same frame with what the client chose. */
    private ObjectNode named(ObjectNode frame) {
        JsonNode id = frame.path("id");
        if (id.isString() && id.stringValue().startsWith("$")) {
            frame.set("id", names.get(id.stringValue()));
        }
        if (!frame.has("data")) {
            frame.putObject("data");
        }
        return frame;
    }
}
