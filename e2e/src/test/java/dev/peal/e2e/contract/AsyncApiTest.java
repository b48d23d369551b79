package dev.peal.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.ApiKey;
import dev.peal.auth.ApiKeyFile;
import dev.peal.auth.ApiScope;
import dev.peal.server.PealServer;
import dev.peal.testkit.fault.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that the document describes passes in a conversation; what passes elsewhere, {@link ContractExtension} checks. */
final class AsyncApiTest {
    private static final int SILENCE_MILLIS_MAX = 120_000;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void everyDocumentedMessagePasses(@TempDir Path data) throws Exception {
        ApiKey.Made key = ApiKey.make("test", Set.of(ApiScope.NOTIFY), 0);
        ApiKeyFile.in(data).change(keys -> List.of(key.key()));
        PealServer server = PealServer.builder()
                .set("server.port", "0")
                .set("server.data", data.toString())
                .set("auth.expiryNotice", "1h")
                .set("auth.guestLifetime", "30m")
                .set("presence.announcedUsers", "2")
                .start();
        try (Wire ann = Wire.connect(server.port(), SILENCE_MILLIS_MAX);
                Wire bob = Wire.connect(server.port(), SILENCE_MILLIS_MAX);
                Wire cid = Wire.connect(server.port(), SILENCE_MILLIS_MAX)) {
            String userId = signIn(server, ann);
            ann.next("token_expiring");
            signIn(server, bob);
            signIn(server, cid);
            chat(ann, bob);
            ask(ann);
            notice(server, key.text(), ann, userId);
            cid.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"lobby\"}}");
            ann.next("presence_count");
            server.close();
            ann.next("reconnect");
        } finally {
            server.close();
        }
        Set<String> silent = new TreeSet<>(AsyncApi.messages("root"));
        silent.removeAll(Overheard.messages());
        assertThat(silent).as("documented and never said").isEmpty();
    }

    private static String signIn(PealServer server, Wire wire) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/api/guest"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"userName\":\"Somebody\"}"))
                .build();
        String guest = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        wire.send("{\"type\":\"authenticate\",\"id\":\"s\",\"data\":{\"token\":"
                + AsyncApi.JSON.readTree(guest).get("token") + ",\"session\":true}}");
        wire.next("authenticated");
        return AsyncApi.JSON.readTree(guest).get("userId").stringValue();
    }

    private static void chat(Wire ann, Wire bob) throws IOException {
        ann.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"lobby\"}}");
        ann.next("joined");
        bob.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"lobby\"}}");
        ann.next("user_joined");
        bob.send("{\"type\":\"typing\",\"data\":{\"roomId\":\"lobby\",\"typing\":true}}");
        ann.next("typing");
        bob.send(
                "{\"type\":\"message\",\"id\":1,\"messageId\":\"m-1\",\"data\":{\"roomId\":\"lobby\",\"message\":\"hello bells\"}}");
        ann.next("message");
        bob.next("ack");
        bob.send("{\"type\":\"chat\",\"data\":{\"roomId\":\"lobby\",\"message\":\"hello\"}}");
        ann.next("chat");
        bob.send("{\"type\":\"leave_room\",\"id\":2,\"data\":{\"roomId\":\"lobby\"}}");
        ann.next("user_left");
        bob.send("{\"type\":\"chat\",\"id\":3,\"data\":{\"roomId\":\"lobby\",\"message\":\"hello?\"}}");
        assertThat(bob.next("error")).contains("not_a_member");
        bob.send("{\"type\":\"join_room\",\"data\":{\"roomId\":\"lobby\"}}");
        ann.next("user_joined");
    }

    private static void ask(Wire ann) throws IOException {
        ann.send("{\"type\":\"ping\",\"id\":1}");
        ann.next("pong");
        ann.send("{\"type\":\"presence\",\"id\":2,\"data\":{\"roomId\":\"lobby\"}}");
        ann.next("presence");
        ann.send("{\"type\":\"history\",\"id\":3,\"data\":{\"roomId\":\"lobby\"}}");
        assertThat(ann.next("history")).contains("hello bells");
        ann.send("{\"type\":\"search\",\"id\":4,\"data\":{\"roomId\":\"lobby\",\"query\":\"bells\"}}");
        assertThat(ann.next("search_results")).contains("hello bells");
    }

    private static void notice(PealServer server, String key, Wire ann, String userId)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/api/v1/users/" + userId + "/notifications"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"data\":{\"title\":\"Ann mentioned you\"}}"))
                .build();
        HTTP.send(request, HttpResponse.BodyHandlers.discarding());
        ann.next("notification");
        ann.send("{\"type\":\"read\",\"id\":5,\"data\":{\"offset\":1}}");
        ann.next("notification_read");
        ann.send("{\"type\":\"notifications\",\"id\":6}");
        ann.next("notifications");
    }

    @Test
    void theDocumentsAndTheirPageAreServed(@TempDir Path data) throws Exception {
        try (PealServer server = PealServer.builder()
                .set("server.port", "0")
                .set("server.data", data.toString())
                .start()) {
            for (String document : List.of("/asyncapi.json", "/openapi.json")) {
                HttpResponse<byte[]> answer = get(server.uri().resolve(document));
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
                assertThat(answer.body())
                        .isEqualTo(Files.readAllBytes(Path.of("../spec/src/main/resources/dev/peal/spec" + document)));
            }
            for (String page : List.of("/asyncapi", "/examples/", "/examples", "/examples/websocket.html")) {
                HttpResponse<byte[]> answer = get(server.uri().resolve(page));
                assertThat(answer.statusCode()).as(page).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
            }
        }
    }

    private static HttpResponse<byte[]> get(URI address) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
