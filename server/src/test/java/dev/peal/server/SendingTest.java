package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.RoomGlobs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Messages that are sent one by one, without a session, over real sockets. */
final class SendingTest {
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

    private JsonNode ask(String message) {
        FallbackServer.Answer answer = server.say(message, server.as("ann"));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json();
    }

    private static String type(JsonNode message) {
        return message.path("type").asString();
    }

    @Test
    void eachMessageIsAnsweredByItsReply() {
        JsonNode ack = ask("{\"type\":\"message\",\"id\":7,\"data\":{\"roomId\":\"lobby\",\"message\":\"hi\"}}");
        assertThat(type(ack)).isEqualTo("ack");
        assertThat(ack.path("id").asInt()).isEqualTo(7);
        assertThat(ack.at("/data/offset").asLong()).isEqualTo(1);
        JsonNode chat = ask("{\"type\":\"chat\",\"data\":{\"roomId\":\"lobby\",\"message\":\"ho\"}}");
        assertThat(chat.at("/data/offset").asLong()).isEqualTo(2);
        assertThat(chat.has("id")).isFalse();
        assertThat(type(ask("{\"type\":\"ping\"}"))).isEqualTo("pong");
        JsonNode joined = ask(FallbackServer.join("lobby"));
        assertThat(type(joined)).isEqualTo("joined");
        assertThat(joined.at("/data/offset").asLong()).isEqualTo(2);
        assertThat(type(ask("{\"type\":\"leave_room\",\"data\":{\"roomId\":\"lobby\"}}")))
                .isEqualTo("ack");
        JsonNode present = ask("{\"type\":\"presence\",\"data\":{\"roomId\":\"lobby\"}}");
        assertThat(present.at("/data/total").asInt()).isZero();
        JsonNode history = ask("{\"type\":\"history\",\"data\":{\"roomId\":\"lobby\"}}");
        assertThat(history.at("/data/entries").size()).isEqualTo(2);
        JsonNode found = ask("{\"type\":\"search\",\"data\":{\"roomId\":\"lobby\",\"query\":\"hi\"}}");
        assertThat(found.at("/data/results").size()).isEqualTo(1);
        assertThat(type(ask("{\"type\":\"notifications\",\"data\":{}}"))).isEqualTo("notifications");
        assertThat(type(ask("{\"type\":\"typing\",\"data\":{\"roomId\":\"lobby\",\"typing\":true}}")))
                .isEqualTo("ack");
        JsonNode hello = ask("{\"type\":\"authenticate\",\"id\":\"s\",\"data\":{\"session\":true}}");
        assertThat(type(hello)).isEqualTo("authenticated");
        assertThat(hello.at("/data/userId").asString()).isEqualTo("ann");
        assertThat(hello.at("/data").has("sessionId")).isFalse();
    }

    @Test
    void documentsAreForWebSocketsAlone() {
        for (String message : new String[] {
            "{\"type\":\"join_document\",\"data\":{\"documentId\":\"notes\"}}",
            "{\"type\":\"operation\",\"data\":{\"documentId\":\"notes\",\"operation\":{\"ops\":[{\"insert\":\"x\"}]},\"revision\":0}}"
        }) {
            FallbackServer.Answer answer = server.say(message, server.as("ann"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("/data/code").asString()).isEqualTo("unknown_type");
        }
        try (WsClient ann = server.webSocket("ann")) {
            ann.send("{\"type\":\"join_document\",\"data\":{\"documentId\":\"notes\"}}");
            assertThat(ann.await("document").at("/data/revision").asLong()).isZero();
        }
    }

    @Test
    void joiningSaysWhetherAPositionCanBeRecovered() {
        JsonNode ack = ask(FallbackServer.message("lobby", "one"));
        String epoch = ack.at("/data/epoch").asString();
        String with =
                "{\"type\":\"join_room\",\"data\":{\"roomId\":\"lobby\",\"since\":{\"epoch\":\"%s\",\"offset\":%d}}}";
        assertThat(ask(with.formatted(epoch, 0)).at("/data/recovered").asBoolean())
                .isTrue();
        JsonNode lost = ask(with.formatted("elsewhere", 1));
        assertThat(lost.at("/data/recovered").asBoolean()).isFalse();
        assertThat(lost.at("/data/reason").asString()).isEqualTo("epoch_changed");
        assertThat(ask(with.formatted(epoch, 9)).at("/data/reason").asString()).isEqualTo("epoch_changed");
    }

    @Test
    void aMessageIdMakesItStoredOnce() {
        String message =
                "{\"type\":\"message\",\"messageId\":\"m1\",\"data\":{\"roomId\":\"lobby\",\"message\":\"%s\"}}";
        assertThat(ask(message.formatted("hi")).at("/data/offset").asLong()).isEqualTo(1);
        assertThat(ask(message.formatted("hi")).at("/data/offset").asLong()).isEqualTo(1);
        assertThat(server.say(message.formatted("ho"), server.as("ann")).problem())
                .isEqualTo("409 message_id_reused");
    }

    @Test
    void errorsHaveAStatus() {
        List<String[]> wrong = List.of(
                new String[] {"", "400 invalid_message"},
                new String[] {"[]", "400 invalid_message"},
                new String[] {"{", "400 invalid_message"},
                new String[] {"{\"type\":5}", "400 invalid_message"},
                new String[] {"{\"type\":\"message\",\"data\":{}}", "400 invalid_message"},
                new String[] {"{\"type\":\"nothing\"}", "400 unknown_type"},
                new String[] {FallbackServer.join("a b"), "400 invalid_message"},
                new String[] {FallbackServer.join("abc\\n"), "400 invalid_message"});
        for (String[] one : wrong) {
            assertThat(server.say(one[0], server.as("ann")).problem())
                    .as(one[0])
                    .isEqualTo(one[1]);
        }
        assertThat(server.say(FallbackServer.join("lobby")).problem()).isEqualTo("401 not_authenticated");
        assertThat(server.say(FallbackServer.join("lobby"), "Authorization", "Bearer bad")
                        .problem())
                .isEqualTo("401 not_authenticated");
        assertThat(server.say(FallbackServer.join("lobby"), server.as("ann", "Peal-Session", "unknown"))
                        .problem())
                .isEqualTo("410 unknown_session");
        String[] narrow = {"Authorization", "Bearer " + server.token("ann", RoomGlobs.of(List.of("team-*")), 60_000)};
        assertThat(server.say(FallbackServer.join("lobby"), narrow).problem()).isEqualTo("403 forbidden");
        assertThat(server.say(FallbackServer.message("lobby", "x"), narrow).problem())
                .isEqualTo("403 forbidden");
        assertThat(server.say(FallbackServer.message("team-a", "x"), narrow).status())
                .isEqualTo(200);
    }

    @Test
    void tooMuchIsToldWhenToComeBack() {
        server.close();
        server = FallbackServer.start(folder.resolve("data"), "rate.message", "3/60s");
        for (int i = 0; i < 3; i++) {
            ask(FallbackServer.message("lobby", "m"));
        }
        FallbackServer.Answer refused = server.say(FallbackServer.message("lobby", "m"), server.as("ann"));
        assertThat(refused.problem()).isEqualTo("429 rate_limited");
        long wait = refused.json().at("/data/retryAfterMs").asLong();
        assertThat(Long.parseLong(refused.header("Retry-After"))).isEqualTo((wait + 999) / 1_000);
        assertThat(server.say(FallbackServer.message("lobby", "m"), server.as("bob"))
                        .status())
                .isEqualTo(200);
    }
}
