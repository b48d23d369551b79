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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Everything that the document describes passes in a conversation; what passes elsewhere, {@link ContractExtension} checks. */
final class AsyncApiTest {
    private static final int SILENCE_MILLIS_MAX = 120_000;
    /** What never passes here, and why. */
    private static final Map<String, String> UNSAID = Map.of(
            "server.skipped", "for slow members of rooms that spare them: an application's choice, and chat's is 4001");

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
                .set("presence.announcedUsers", "3")
                .start();
        try (Wire ann = Wire.connect(server.port(), SILENCE_MILLIS_MAX);
                Wire bob = Wire.connect(server.port(), SILENCE_MILLIS_MAX);
                Wire cid = Wire.connect(server.port(), SILENCE_MILLIS_MAX)) {
            JsonNode owner = signIn(server, ann);
            ann.next("token_expiring");
            JsonNode editor = signIn(server, bob);
            signIn(server, cid);
            Stream<String> events = stream(server);
            chat(ann, bob);
            ask(ann);
            write(server, owner, ann, editor, bob);
            notice(server, key.text(), ann, owner.get("userId").stringValue());
            cid.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"lobby\"}}");
            ann.next("presence_count");
            server.close();
            ann.next("reconnect");
            assertThat(heard(events)).isSubsetOf(AsyncApi.messages("events")).contains("server.close");
        } finally {
            server.close();
        }
        Set<String> silent = AsyncApi.messages("root");
        silent.addAll(AsyncApi.messages("events"));
        silent.removeAll(Overheard.messages());
        assertThat(silent).as("documented and never said").isSubsetOf(UNSAID.keySet());
    }

    @Test
    void everyDocumentedMessageOfTheMarketPasses(@TempDir Path data) throws Exception {
        ApiKey.Made key = ApiKey.make("test", Set.of(ApiScope.PUBLISH), 0);
        ApiKeyFile.in(data).change(keys -> List.of(key.key()));
        try (PealServer server = PealServer.builder()
                        .set("server.port", "0")
                        .set("server.data", data.toString())
                        .set("market.source", "exchange,ingest")
                        .set("market.ingest.symbols", "ACME=0.01/1")
                        .start();
                Wire ann = market(server, "");
                Wire records = market(server, "?binary=2")) {
            records.next("symbols");
            signIn(server, ann);
            follow(ann);
            trade(ann);
            ann.send("{\"action\":\"authorize\",\"id\":20,\"key\":\"" + key.text() + "\"}");
            ann.next("authorized");
            ann.send("{\"action\":\"ingest\",\"id\":21,\"source\":\"desk\",\"sequence\":7,\"events\":["
                    + "{\"type\":\"price\",\"symbol\":\"ACME\",\"price\":12.5}]}");
            ann.next("ingested");
        }
        Set<String> silent = AsyncApi.messages("stream");
        silent.removeAll(Overheard.messages());
        assertThat(silent)
                .as("documented and never said")
                .isSubsetOf("server.reconnect", "server.token_expiring", "client.ping", "server.pong");
    }

    private static Wire market(PealServer server, String query) throws IOException {
        return Wire.connect(server.port(), "/stream" + query, SILENCE_MILLIS_MAX);
    }

    private static void follow(Wire ann) throws IOException {
        String btc = "\"symbol\":\"BTC-USD\"";
        ann.send("{\"action\":\"subscribe\",\"id\":1," + btc + ",\"deltas\":true,\"maxUpdatesPerSecond\":2}");
        ann.next("subscribed");
        ann.next("order_book");
        ann.next("order_book_delta");
        ann.next("skipped");
        ann.next("price_update");
        ann.next("trade");
        ann.send("{\"action\":\"snapshot\",\"id\":2," + btc + "}");
        ann.next("order_book");
        ann.send("{\"action\":\"candles\",\"id\":3," + btc + ",\"interval\":\"1s\"}");
        ann.next("ack");
        ann.next("candle");
        ann.send("{\"action\":\"ticker\",\"id\":4," + btc + "}");
        ann.next("ticker");
        ann.send("{\"action\":\"unsubscribe\",\"id\":5," + btc + "}");
        ann.next("unsubscribed");
        ann.send("{\"action\":\"subscribe\",\"id\":6,\"symbol\":\"DOGE\"}");
        ann.next("error");
    }

    private static void trade(Wire ann) throws IOException {
        String buy = "{\"action\":\"place\",\"id\":10,\"symbol\":\"BTC-USD\",\"side\":\"buy\",\"size\":\"0.001\",";
        ann.send("{\"action\":\"account\",\"id\":9}");
        ann.next("account");
        ann.send(buy + "\"type\":\"market\"}");
        ann.next("fill");
        ann.next("order");
        ann.next("account");
        ann.send(buy + "\"type\":\"limit\",\"price\":1,\"clientOrderId\":\"a\"}");
        ann.next("order");
        ann.send("{\"action\":\"cancel\",\"id\":11,\"clientOrderId\":\"a\"}");
        assertThat(ann.next("order")).contains("requested");
        ann.send("{\"action\":\"account\",\"id\":12,\"on\":false}");
        ann.next("ack");
    }

    private static JsonNode signIn(PealServer server, Wire wire) throws IOException, InterruptedException {
        JsonNode guest = guest(server);
        wire.send("{\"type\":\"authenticate\",\"id\":\"s\",\"data\":{\"token\":" + guest.get("token")
                + ",\"session\":true}}");
        wire.next("authenticated");
        return guest;
    }

    private static JsonNode guest(PealServer server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/api/guest"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"userName\":\"Somebody\"}"))
                .build();
        return AsyncApi.JSON.readTree(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** A member of the lobby by Server-Sent Events. */
    private static Stream<String> stream(PealServer server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/events?room=lobby"))
                .header("Authorization", "Bearer " + guest(server).get("token").stringValue())
                .header("Peal-Session", "new")
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofLines()).body();
    }

    /** The names of all that a stream said until its end; checked as what passes on a WebSocket is. */
    private static Set<String> heard(Stream<String> events) {
        return events.filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .peek(json -> Overheard.hear("server.", json))
                .map(json ->
                        "server." + AsyncApi.JSON.readTree(json).get("type").stringValue())
                .collect(Collectors.toSet());
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

    /** Ann's document, in which Bob gets a role and writes until it is deleted. */
    private static void write(PealServer server, JsonNode owner, Wire ann, JsonNode editor, Wire bob)
            throws IOException, InterruptedException {
        String notes = "\"documentId\":\"notes\"";
        ann.send("{\"type\":\"join_document\",\"id\":\"d\",\"data\":{" + notes + ",\"clientId\":\"c1\"}}");
        ann.next("document");
        String access = "/access/" + editor.get("userId").stringValue();
        documents(server, owner, "PUT", access, "{\"role\":\"editor\"}");
        ann.next("role_changed");
        bob.send("{\"type\":\"join_document\",\"data\":{" + notes + "}}");
        bob.next("document");
        ann.send("{\"type\":\"operation\",\"id\":\"o\",\"data\":{" + notes
                + ",\"operation\":{\"ops\":[{\"insert\":\"hello\"}]},\"revision\":0,\"clientId\":\"c1\",\"seq\":1}}");
        bob.next("operation");
        ann.next("ack");
        ann.send("{\"type\":\"cursor_position\",\"data\":{" + notes
                + ",\"position\":{\"index\":5,\"length\":0},\"revision\":1}}");
        bob.next("cursor_position");
        comment(notes, ann, bob);
        bob.send("{\"type\":\"document_at\",\"id\":\"a\",\"data\":{" + notes + ",\"revision\":0}}");
        bob.next("document_at");
        bob.send("{\"type\":\"restore\",\"id\":\"r\",\"data\":{" + notes + ",\"revision\":0}}");
        ann.next("operation");
        bob.send("{\"type\":\"authorship\",\"id\":\"w\",\"data\":{" + notes + "}}");
        bob.next("authorship");
        bob.send("{\"type\":\"history_of\",\"id\":\"h\",\"data\":{" + notes + "}}");
        bob.next("history_of");
        bob.send("{\"type\":\"leave_document\",\"id\":\"l\",\"data\":{" + notes + "}}");
        ann.next("user_left");
        documents(server, owner, "PATCH", "", "{\"title\":\"Notes\"}");
        ann.next("document_renamed");
        documents(server, owner, "DELETE", "", "");
        ann.next("document_deleted");
        ann.next("removed");
    }

    private static void comment(String notes, Wire ann, Wire bob) throws IOException {
        bob.send(
                "{\"type\":\"comment\",\"id\":\"c\",\"data\":{" + notes
                        + ",\"commentId\":\"k1\",\"action\":\"add\",\"range\":{\"index\":0,\"length\":5},\"revision\":1,\"text\":\"Who?\"}}");
        ann.next("comment");
        bob.send("{\"type\":\"comments\",\"id\":\"k\",\"data\":{" + notes + "}}");
        assertThat(bob.next("comments")).contains("Who?");
        bob.send("{\"type\":\"version\",\"id\":\"v\",\"data\":{" + notes + ",\"name\":\"First\"}}");
        ann.next("version");
        bob.send("{\"type\":\"versions\",\"id\":\"n\",\"data\":{" + notes + "}}");
        assertThat(bob.next("versions")).contains("First");
    }

    private static void documents(PealServer server, JsonNode user, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/api/docs/notes" + path))
                .header("Authorization", "Bearer " + user.get("token").stringValue())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(method + path + ": " + answer.body()).isBetween(200, 204);
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
