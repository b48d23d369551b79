package dev.peal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.app.App;
import dev.peal.app.Caller;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.app.RoomView;
import dev.peal.client.json.Json;
import dev.peal.client.link.PollingTransport;
import dev.peal.client.link.SseTransport;
import dev.peal.client.link.Transport;
import dev.peal.hub.RoomKind;
import dev.peal.protocol.ClientMessage;
import dev.peal.protocol.JsonWriter;
import dev.peal.server.PealServer;
import dev.peal.testkit.Await;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of a megabyte where there is no WebSocket: they come whole and once, they go, or they are refused with a reason; nothing waits for ever. */
final class LargeMessagesTest {
    private static final String MEGABYTE = "x".repeat(1_000_000);

    @TempDir
    private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<RoomEvent> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        http.shutdownNow();
    }

    /** Rooms that take anything. */
    private static final class Large implements App {
        @Override
        public RoomKind kind() {
            return RoomKind.people("chat");
        }

        @Override
        public String path() {
            return "/large";
        }

        @Override
        public List<MessageType<?>> messages() {
            return List.of(
                    MessageType.of(
                            "join_room", ClientMessage.JoinRoom::read, ClientMessage.JoinRoom::roomId, Large::join),
                    MessageType.checkedBy(
                            "put",
                            "{\"type\": \"object\", \"required\": [\"roomId\"]}",
                            (caller, room, data) -> Outcome.append(
                                    "put", new JsonWriter().value(data).bytes())));
        }

        private static Outcome join(Caller caller, RoomView room, ClientMessage.JoinRoom join) {
            return new Outcome.Join(join.since());
        }
    }

    private PealServer server(String bodyBytes) {
        return PealServer.builder()
                .withoutChat()
                .app(new Large())
                .set("server.port", "0")
                .set("server.data", folder.resolve("data").toString())
                .set("auth.mode", "open")
                .set("limits.bodyBytes", bodyBytes)
                .set("limits.outboxBytes", "8MiB")
                .set("limits.readsPerAddress", "unlimited")
                .set("rate.default", "unlimited")
                .start();
    }

    private Transport transport(String name) {
        return name.equals("sse") ? new SseTransport(http) : new PollingTransport(http);
    }

    private PealClient client(PealServer server, String name, String user) {
        return PealClient.builder("http://localhost:" + server.port())
                .user(user, user)
                .transports(transport(name))
                .connect();
    }

    private static CompletableFuture<Ack> put(Room room, String text) {
        return room.publish("put", Json.object().put("roomId", room.id()).put("text", text));
    }

    private List<String> texts() {
        return events.stream()
                .filter(RoomEvent.Entry.class::isInstance)
                .map(event -> ((RoomEvent.Entry) event).data().path("text").asString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sse", "polling"})
    void eachGoesAndComesWholeAndOnce(String name) {
        try (PealServer server = server("2MiB");
                PealClient ann = client(server, name, "ann");
                PealClient bob = client(server, name, "bob")) {
            bob.room("a").onEvent(events::add);
            Await.until("bob is in", () -> events.stream().anyMatch(RoomEvent.Joined.class::isInstance));
            for (int i = 0; i < 3; i++) {
                assertThat(put(ann.room("a"), i + MEGABYTE).join().offset()).isEqualTo(i + 1);
            }
            put(ann.room("a"), "end").join();
            Await.until("all has come", () -> texts().contains("end"));
            assertThat(texts()).containsExactly("0" + MEGABYTE, "1" + MEGABYTE, "2" + MEGABYTE, "end");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sse", "polling"})
    void whatTheServerDoesNotTakeIsRefusedAndTheNextOneGoes(String name) {
        try (PealServer server = server("64KiB");
                PealClient ann = client(server, name, "ann")) {
            Room room = ann.room("a");
            CompletableFuture<Ack> first = put(room, "first");
            CompletableFuture<Ack> large = put(room, MEGABYTE);
            CompletableFuture<Ack> last = put(room, "last");
            assertThat(first.join().offset()).isEqualTo(1);
            assertThatThrownBy(large::join).cause().isInstanceOfSatisfying(PealException.class, refused -> {
                assertThat(refused.code()).isEqualTo("body_too_large");
                assertThat(refused.retry()).isFalse();
            });
            assertThat(last.join().offset()).isEqualTo(2);
        }
    }
}
