package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.app.App;
import dev.peal.app.Caller;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.app.RoomView;
import dev.peal.hub.RoomKind;
import dev.peal.protocol.ClientMessage.JoinRoom;
import dev.peal.testkit.Await;
import dev.peal.testkit.sse.EventStreamClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries of a megabyte, of an application that takes such, over event streams and polls. */
final class LargeEntriesTest {
    private static final String MEGABYTE = "x".repeat(1 << 20);

    @TempDir
    private Path folder;

    /** Rooms like chat's, but for what the server's program may say there. */
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
            return List.of(MessageType.of("join_room", JoinRoom::read, JoinRoom::roomId, Large::join));
        }

        private static Outcome join(Caller caller, RoomView room, JoinRoom join) {
            return new Outcome.Join(join.since());
        }
    }

    @Test
    void eachComesWholeAndOnce() {
        try (FallbackServer server = FallbackServer.start(
                folder.resolve("data"),
                List.of(new Large()),
                "limits.bodyBytes",
                "2MiB",
                "limits.outboxBytes",
                "8MiB")) {
            publish(server);
            publish(server);
            publish(server);
            String newest = server.get("/api/messages?room=a", server.as("ann")).header("Peal-Position");
            String position = newest.replaceAll(":3$", ":0");
            for (int offset = 1; offset <= 3; offset++) {
                FallbackServer.Answer page =
                        server.get("/api/messages?room=a&wait=30&since=" + position, server.as("ann"));
                assertThat(page.json().size()).isEqualTo(1);
                assertThat(page.json().at("/0/offset").asInt()).isEqualTo(offset);
                assertThat(page.json().at("/0/data/text").asString()).hasSize(MEGABYTE.length());
                assertThat(page.header("Peal-More")).isEqualTo(offset < 3 ? "true" : "none");
                position = page.header("Peal-Position");
            }
            String last = position;
            CompletableFuture<FallbackServer.Answer> waited =
                    server.getLater("/api/messages?room=a&wait=60&since=" + last, server.as("ann"));
            Await.until("it waits", () -> server.waitingPolls() == 1);
            try (EventStreamClient stream =
                    server.stream("?room=a&since=" + last.replaceAll(":3$", ":1"), server.as("ann"))) {
                publish(server);
                assertThat(waited.join().json().at("/0/offset").asInt()).isEqualTo(4);
                for (int offset = 2; offset <= 4; offset++) {
                    var entry = stream.await("message");
                    assertThat(entry.path("offset").asInt()).isEqualTo(offset);
                    assertThat(entry.at("/data/text").asString()).hasSize(MEGABYTE.length());
                }
            }
        }
    }

    private static void publish(FallbackServer server) {
        String body = "{\"data\":{\"text\":\"" + MEGABYTE + "\"}}";
        assertThat(server.program().post("/api/v1/rooms/a/messages", body).status())
                .isEqualTo(200);
    }
}
