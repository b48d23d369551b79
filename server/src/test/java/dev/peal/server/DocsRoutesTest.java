package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.peal.chat.ChatApp;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Documents' titles, roles and links over real sockets; each answer is as the OpenAPI description says. */
final class DocsRoutesTest {
    @TempDir
    private Path folder;

    private FallbackServer server;

    @BeforeEach
    void start() {
        server = start("rate.http_write", "unlimited");
    }

    private FallbackServer start(String... settings) {
        return FallbackServer.start(folder.resolve("data"), List.of(new ChatApp()), settings);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FallbackServer.Answer send(String request, String body, String... headers) {
        String method = request.substring(0, request.indexOf(' '));
        String path = request.substring(request.indexOf(' ') + 1);
        HttpRequest built = server.request(path, headers)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        FallbackServer.Answer answer = server.send(built);
        HttpResponse<String> response = answer.response();
        OpenApi.check(method, built.uri(), response);
        return answer;
    }

    private FallbackServer.Answer as(String user, String request, String body) {
        return send(request, body, server.as(user));
    }

    private String create() {
        return as("ann", "POST /api/docs", "{\"title\":\"Plan\"}")
                .json()
                .path("documentId")
                .asString();
    }

    private static String frame(String type, String document, String fields) {
        return "{\"type\":\"" + type + "\",\"id\":\"q\",\"data\":{\"documentId\":\"" + document + "\"" + fields + "}}";
    }

    @Test
    void eachOperationDoesWhatItSays() {
        String document = create();
        String at = "/api/docs/" + document;
        assertThat(as("ann", "PATCH " + at, "{\"title\":\"Plan B\"}")
                        .json()
                        .path("title")
                        .asString())
                .isEqualTo("Plan B");
        JsonNode link =
                as("ann", "POST " + at + "/links", "{\"role\":\"commenter\"}").json();
        String secret = link.path("secret").asString();
        assertThat(as("bob", "POST /api/docs/redeem", "{\"secret\":\"" + secret + "\"}")
                        .json()
                        .path("role")
                        .asString())
                .isEqualTo("commenter");
        assertThat(as("ann", "PUT " + at + "/access/J%C3%BCrgen%2F1", "{\"role\":\"reader\"}")
                        .status())
                .isEqualTo(200);
        JsonNode access = as("ann", "GET " + at + "/access", "").json();
        assertThat(access.at("/members/2/userId").asString()).isEqualTo("Jürgen/1");
        assertThat(access.toString()).doesNotContain(secret);
        assertThat(as("bob", "GET /api/docs?limit=5", "")
                        .json()
                        .at("/documents/0/title")
                        .asString())
                .isEqualTo("Plan B");
        assertThat(as("ann", "DELETE " + at + "/access/J%C3%BCrgen%2F1", "").status())
                .isEqualTo(204);
        String linkId = link.path("linkId").asString();
        assertThat(as("ann", "DELETE " + at + "/links/" + linkId, "").status()).isEqualTo(204);
        assertThat(as("bob", "GET " + at + "/access", "").problem()).isEqualTo("404 unknown_document");
        assertThat(as("ann", "DELETE " + at, "").status()).isEqualTo(204);
        assertThat(as("ann", "GET /api/docs", "").json().path("documents")).isEmpty();
    }

    @Test
    void everyRefusalIsDescribed() {
        String document = create();
        String at = "/api/docs/" + document;
        as("ann", "PUT " + at + "/access/bob", "{\"role\":\"reader\"}");
        assertThat(send("GET /api/docs", "").problem()).isEqualTo("401 not_authenticated");
        assertThat(send("POST /api/docs", "{\"title\":\"x\"}", "Peal-User", "ann")
                        .problem())
                .isEqualTo("401 not_authenticated");
        assertThat(as("ann", "POST /api/docs", "{\"title\":\"a\\nb\"}").problem())
                .isEqualTo("400 bad_title");
        assertThat(as("ann", "POST /api/docs", "[]").problem()).isEqualTo("400 bad_json");
        assertThat(as("ann", "GET /api/docs?limit=101", "").problem()).isEqualTo("400 bad_limit");
        assertThat(as("ann", "GET /api/docs?secret=x", "").problem()).isEqualTo("400 secret_in_query");
        assertThat(as("ann", "PUT " + at + "/access/bob", "{\"role\":\"king\"}").problem())
                .isEqualTo("400 bad_role");
        assertThat(as("bob", "DELETE " + at, "").problem()).isEqualTo("403 forbidden");
        assertThat(as("eve", "DELETE " + at, "").problem()).isEqualTo("404 unknown_document");
        assertThat(as("ann", "DELETE " + at + "/access/eve", "").problem()).isEqualTo("404 unknown_member");
        assertThat(as("ann", "DELETE " + at + "/links/x", "").problem()).isEqualTo("404 unknown_link");
        assertThat(as("eve", "POST /api/docs/redeem", "{\"secret\":\"x\"}").problem())
                .isEqualTo("404 unknown_link");
        assertThat(as("ann", "DELETE " + at + "/access/ann", "").problem()).isEqualTo("409 last_owner");
        assertThat(as("eve", "POST " + at + "/links", "{\"role\":\"" + "x".repeat(65_536) + "\"}")
                        .problem())
                .isEqualTo("413 body_too_large");
    }

    @Test
    void anOpenDocumentFollowsItsRoutes() {
        String document = create();
        String at = "/api/docs/" + document;
        WsClient ann = server.webSocket("ann", "/docs");
        WsClient bob = server.webSocket("bob", "/docs");
        bob.send(frame("join_document", document, ""));
        assertThat(bob.await("error").toString()).contains("forbidden");
        as("ann", "PUT " + at + "/access/bob", "{\"role\":\"reader\"}");
        ann.send(frame("join_document", document, ""));
        assertThat(ann.await("document").toString())
                .contains("\"title\":\"Plan\"")
                .contains("\"role\":\"owner\"");
        bob.send(frame("join_document", document, ""));
        assertThat(bob.await("document").toString()).contains("\"role\":\"reader\"");
        as("ann", "PATCH " + at, "{\"title\":\"<b>\"}");
        assertThat(bob.await("document_renamed").toString()).contains("\"title\":\"<b>\"");
        bob.send(frame("operation", document, ",\"operation\":{\"ops\":[{\"insert\":\"x\"}]},\"revision\":0"));
        assertThat(bob.await("error").toString()).contains("read_only");
        as("ann", "PUT " + at + "/access/bob", "{\"role\":\"editor\"}");
        assertThat(bob.await("role_changed").toString()).contains("\"role\":\"editor\"");
        bob.send(frame("operation", document, ",\"operation\":{\"ops\":[{\"insert\":\"x\"}]},\"revision\":0"));
        assertThat(bob.await("ack").toString()).contains("\"offset\":1");
        bob.send(frame("comment", document, ",\"commentId\":\"c\",\"action\":\"add\",\"text\":\"hi\""));
        assertThat(ann.await("comment").toString()).contains("\"text\":\"hi\"");
        bob.send(frame("version", document, ",\"name\":\"One\""));
        assertThat(ann.await("version").toString()).contains("\"name\":\"One\"");
        as("ann", "DELETE " + at + "/access/bob", "");
        bob.await("removed");
        as("ann", "DELETE " + at, "");
        ann.await("document_deleted");
        ann.await("removed");
        ann.send(frame("join_document", document, ""));
        assertThat(ann.await("error").toString()).contains("forbidden");
        ann.close();
        bob.close();
    }

    @Test
    void whatWasSharedSurvivesARestart() {
        String document = create();
        JsonNode link = as("ann", "POST /api/docs/" + document + "/links", "{\"role\":\"reader\"}")
                .json();
        server.close();
        server = start("rate.http_write", "unlimited");
        String body = "{\"secret\":\"" + link.path("secret").asString() + "\"}";
        assertThat(as("bob", "POST /api/docs/redeem", body).status()).isEqualTo(200);
        assertThat(as("bob", "GET /api/docs", "").json().at("/documents/0/role").asString())
                .isEqualTo("reader");
    }

    /** A canary in a link: looked for wherever a server writes. */
    @Test
    void aSecretIsInOneAnswerAndNowhereElse() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        String secret;
        try {
            String document = create();
            String at = "/api/docs/" + document;
            JsonNode link =
                    as("ann", "POST " + at + "/links", "{\"role\":\"reader\"}").json();
            secret = link.path("secret").asString();
            as("bob", "POST /api/docs/redeem", "{\"secret\":\"" + secret + "\"}");
            as("eve", "POST /api/docs/redeem", "{\"secret\":\"" + secret + "x\"}");
            as("ann", "GET /api/docs?secret=" + secret, "");
            as("ann", "DELETE " + at + "/links/" + link.path("linkId").asString(), "");
            as("bob", "POST /api/docs/redeem", "{\"secret\":\"" + secret + "\"}");
            assertThat(server.get("/metrics").response().body()).doesNotContain(secret);
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
        server.close();
        String needle = secret;
        assertThat(List.copyOf(log.list))
                .isNotEmpty()
                .noneMatch(event -> event.getFormattedMessage().contains(needle));
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(needle);
            }
        }
    }

    @Test
    void inOpenModeAHeaderSaysWhoseDocumentsTheyAre() {
        server.close();
        server = start("auth.mode", "open");
        String document = send("POST /api/docs", "{\"title\":\"Open\"}", "Peal-User", "ann")
                .json()
                .path("documentId")
                .asString();
        assertThat(send("GET /api/docs", "", "Peal-User", "ann")
                        .json()
                        .at("/documents/0/role")
                        .asString())
                .isEqualTo("owner");
        assertThat(send("GET /api/docs", "").problem()).isEqualTo("401 not_authenticated");
        assertThat(send("DELETE /api/docs/" + document, "", "Peal-User", "bob").problem())
                .isEqualTo("403 forbidden");
        assertThat(send("PATCH /api/docs/" + document, "{\"title\":\"Ours\"}", "Peal-User", "bob")
                        .status())
                .isEqualTo(200);
    }
}
