package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.testkit.Await;
import dev.peal.testkit.sse.EventStreamClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Event streams over real sockets. */
final class EventStreamTest {
    @TempDir
    private Path folder;

    private FallbackServer server;

    @BeforeEach
    void start() {
        server = FallbackServer.start(folder.resolve("data"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String say(String user, String room, String text) {
        FallbackServer.Answer answer = server.say(FallbackServer.message(room, text), server.as(user));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        JsonNode data = answer.json().path("data");
        return data.path("epoch").asString() + ":" + data.path("offset").asLong();
    }

    @Test
    void aStreamBeginsWithItsRoomAndCarriesWhatIsSaidThere() {
        try (EventStreamClient ann = server.stream("?room=lobby", server.as("ann"))) {
            assertThat(ann.status()).isEqualTo(200);
            assertThat(ann.response().headers().firstValue("Content-Type"))
                    .contains("text/event-stream; charset=utf-8");
            assertThat(ann.response().headers().firstValue("X-Accel-Buffering")).contains("no");
            assertThat(ann.response().headers().firstValue("Cache-Control")).contains("no-store");
            JsonNode joined = ann.await("joined");
            assertThat(joined.has("id")).isFalse();
            assertThat(joined.at("/data/offset").asLong()).isZero();
            assertThat(joined.at("/data/durability").asString()).isEqualTo("disk");
            assertThat(ann.retryMillis()).isEqualTo(2_000);
            String position = say("bob", "lobby", "hi");
            EventStreamClient.Message message = ann.awaitMessage("message");
            assertThat(message.json().at("/data/message").asString()).isEqualTo("hi");
            assertThat(message.json().path("offset").asLong()).isEqualTo(1);
            assertThat(message.lastEventId()).isEqualTo(position);
            assertThat(message.type()).isEqualTo("message");
        }
    }

    @Test
    void aStreamIsAMemberOfItsRooms() {
        try (WsClient bob = server.webSocket("bob")) {
            bob.send("{\"type\":\"join_room\",\"id\":1,\"data\":{\"roomId\":\"lobby\"}}");
            bob.await("joined");
            try (EventStreamClient ann = server.stream("?room=lobby", server.as("ann"))) {
                assertThat(bob.await("user_joined").at("/data/userId").asString())
                        .isEqualTo("ann");
                ann.await("joined");
                bob.send("{\"type\":\"typing\",\"data\":{\"roomId\":\"lobby\",\"typing\":true}}");
                assertThat(ann.await("typing").at("/data/userId").asString()).isEqualTo("bob");
            }
            assertThat(bob.await("user_left").at("/data/userId").asString()).isEqualTo("ann");
        }
    }

    @Test
    void aStreamGoesOnBehindItsLastEventId() {
        String first = say("bob", "lobby", "one");
        say("bob", "lobby", "two");
        try (EventStreamClient ann = server.stream("?room=lobby", server.as("ann", "Last-Event-ID", first))) {
            JsonNode joined = ann.await("joined");
            assertThat(joined.at("/data/recovered").asBoolean()).isTrue();
            assertThat(ann.await("message").at("/data/message").asString()).isEqualTo("two");
            say("bob", "lobby", "three");
            assertThat(ann.await("message").at("/data/message").asString()).isEqualTo("three");
        }
        for (String query : new String[] {"?room=lobby&since=" + first, "?room=lobby&since=lobby%40" + first}) {
            try (EventStreamClient ann = server.stream(query, server.as("ann"))) {
                assertThat(ann.await("message").at("/data/message").asString()).isEqualTo("two");
                assertThat(ann.await("message").at("/data/message").asString()).isEqualTo("three");
            }
        }
    }

    @Test
    void aQuietStreamKnowsItsPlaceToo() {
        String newest = say("bob", "lobby", "one");
        try (EventStreamClient ann = server.stream("?room=lobby", server.as("ann"))) {
            ann.await("joined");
            Await.until("an id alone", () -> ann.lastEventId().equals(newest));
        }
    }

    @Test
    void severalRoomsShareAStreamAndOneIdNamesThemAll() {
        String a = say("bob", "a", "one");
        try (EventStreamClient ann = server.stream("?room=a&room=b", server.as("ann"))) {
            assertThat(ann.await("joined").at("/data/roomId").asString()).isEqualTo("a");
            assertThat(ann.await("joined").at("/data/roomId").asString()).isEqualTo("b");
            String b = say("bob", "b", "two");
            assertThat(ann.awaitMessage("message").json().at("/data/message").asString())
                    .isEqualTo("two");
            Await.until("both places", () -> ann.lastEventId().equals("a@" + a + ",b@" + b));
            String id = ann.lastEventId();
            say("bob", "a", "three");
            say("bob", "b", "four");
            try (EventStreamClient again =
                    server.stream("?room=a&room=b&since=a%40nonsense:1", server.as("ann", "Last-Event-ID", id))) {
                assertThat(again.await("joined").at("/data/recovered").asBoolean())
                        .isTrue();
                assertThat(again.await("message").at("/data/message").asString())
                        .isEqualTo("three");
                assertThat(again.await("message").at("/data/message").asString())
                        .isEqualTo("four");
            }
        }
    }

    @Test
    void namedEventsSayTheirType() {
        try (EventStreamClient ann = server.stream("?room=lobby&events=named", server.as("ann"))) {
            assertThat(ann.awaitMessage("joined").type()).isEqualTo("joined");
            say("bob", "lobby", "hi");
            assertThat(ann.awaitMessage("message").type()).isEqualTo("message");
        }
    }

    @Test
    void whatCannotBeRecoveredIsSaid() {
        String position = say("bob", "lobby", "one");
        try (EventStreamClient ann = server.stream("?room=lobby", server.as("ann", "Last-Event-ID", "elsewhere:3"))) {
            JsonNode joined = ann.await("joined");
            assertThat(joined.at("/data/recovered").asBoolean()).isFalse();
            assertThat(joined.at("/data/reason").asString()).isEqualTo("epoch_changed");
            assertThat(joined.at("/data/oldest").asLong()).isEqualTo(1);
            Await.until("the place is the newest", () -> ann.lastEventId().equals(position));
        }
    }

    @Test
    void aSessionsRoomsComeAndGoByMessagesBesideTheStream() {
        try (EventStreamClient ann = server.stream("", server.as("ann", "Peal-Session", "new"))) {
            JsonNode hello = ann.await("authenticated");
            assertThat(hello.at("/data/userId").asString()).isEqualTo("ann");
            assertThat(hello.at("/data/resumed").asBoolean()).isFalse();
            String session = hello.at("/data/sessionId").asString();
            String[] mine = server.as("ann", "Peal-Session", session);
            FallbackServer.Answer joined = server.say(FallbackServer.join("lobby"), mine);
            assertThat(joined.json().path("type").asString()).isEqualTo("joined");
            assertThat(joined.json().has("id")).isFalse();
            say("bob", "lobby", "hi");
            assertThat(ann.await("message").at("/data/message").asString()).isEqualTo("hi");
            String withId = "{\"type\":\"message\",\"id\":\"a1\",\"data\":{\"roomId\":\"lobby\",\"message\":\"mine\"}}";
            JsonNode ack = server.say(withId, mine).json();
            assertThat(ack.path("type").asString()).isEqualTo("ack");
            assertThat(ack.path("id").asString()).isEqualTo("a1");
            assertThat(ack.at("/data/offset").asLong()).isEqualTo(2);
            assertThat(ann.await("message").at("/data/message").asString()).isEqualTo("mine");
            Await.until(
                    "the place of the room",
                    () -> ann.lastEventId().startsWith("lobby@")
                            && ann.lastEventId().endsWith(":2"));
            String left = "{\"type\":\"leave_room\",\"data\":{\"roomId\":\"lobby\"}}";
            assertThat(server.say(left, mine).json().path("type").asString()).isEqualTo("ack");
            assertThat(server.say(FallbackServer.message("lobby", "no"), mine).problem())
                    .isEqualTo("403 not_a_member");
            assertThat(ann.rest())
                    .noneMatch(message -> message.path("type").asString().equals("ack"));
            assertThat(server.say(FallbackServer.join("lobby"), server.as("bob", "Peal-Session", session))
                            .problem())
                    .isEqualTo("410 unknown_session");
        }
    }

    @Test
    void aSessionOutlivesItsStream() {
        String session;
        try (WsClient bob = server.webSocket("bob")) {
            bob.send("{\"type\":\"join_room\",\"id\":1,\"data\":{\"roomId\":\"lobby\"}}");
            bob.await("joined");
            try (EventStreamClient ann = server.stream("?room=lobby", server.as("ann", "Peal-Session", "new"))) {
                session = ann.await("authenticated").at("/data/sessionId").asString();
                bob.await("user_joined");
                ann.await("joined");
            }
            try (EventStreamClient ann = server.stream("?room=lobby", server.as("ann", "Peal-Session", session))) {
                JsonNode hello = ann.await("authenticated");
                assertThat(hello.at("/data/resumed").asBoolean()).isTrue();
                assertThat(hello.at("/data/sessionId").asString()).isEqualTo(session);
                ann.await("joined");
                say("carl", "lobby", "hi");
                assertThat(bob.await("message").at("/data/message").asString()).isEqualTo("hi");
            }
        }
    }

    @Test
    void aTicketOpensAStreamOnce() {
        FallbackServer.Answer issued = server.post("/api/ticket", "{\"session\":true}", server.as("ann"));
        assertThat(issued.status()).isEqualTo(200);
        assertThat(issued.json().path("expiresInMs").asLong()).isEqualTo(30_000);
        String ticket = issued.json().path("ticket").asString();
        assertThat(ticket).matches("[A-Za-z0-9_-]{22}");
        try (EventStreamClient ann = server.stream("?room=lobby&ticket=" + ticket)) {
            assertThat(ann.await("authenticated").at("/data/userId").asString()).isEqualTo("ann");
            ann.await("joined");
        }
        assertThat(server.get("/events?room=lobby&ticket=" + ticket).problem()).isEqualTo("401 not_authenticated");
    }

    @Test
    void aShutdownIsSaidBeforeTheEnd() {
        EventStreamClient ann = server.stream("?room=lobby", server.as("ann"));
        ann.await("joined");
        server.server().close();
        assertThat(ann.await("reconnect").at("/data/afterMs").asInt()).isPositive();
        assertThat(ann.awaitClose()).isEqualTo("1012 restart");
    }
}
