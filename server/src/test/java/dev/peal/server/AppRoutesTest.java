package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.app.App;
import dev.peal.app.HttpReply;
import dev.peal.app.HttpRoute;
import dev.peal.app.MessageType;
import dev.peal.hub.RoomKind;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An application's own routes, over real sockets. */
final class AppRoutesTest {
    private static final String LISTED = "https://app.example.org";

    @TempDir
    private Path folder;

    private FallbackServer server;

    @BeforeEach
    void start() {
        server = start("http.allowedOrigins", "same-origin," + LISTED, "rate.http_write", "unlimited");
    }

    private FallbackServer start(String... settings) {
        return FallbackServer.start(folder.resolve("data"), List.of(new NotesApp()), settings);
    }

    private void again(String... settings) {
        server.close();
        server = start(settings);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FallbackServer.Answer send(String method, String path, String body, String... headers) {
        return server.send(server.request(path, headers)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void aRouteKnowsItsCallerAndTheRequest() {
        JsonNode said =
                server.get("/api/notes?tag=a+b%C3%A4&page=2", server.as("ann")).json();
        assertThat(said.path("userId").asString()).isEqualTo("ann");
        assertThat(said.path("proven").asBoolean()).isTrue();
        assertThat(said.path("query").asString()).contains("tag=a bä").contains("page=2");
        assertThat(said.path("address").asString()).contains("127.0.0.1");
        FallbackServer.Answer put = send("PUT", "/api/notes/a%20%2Fb", "{\"text\":\"<b>\"}", server.as("ann"));
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.header("Cache-Control")).isEqualTo("no-store");
        assertThat(put.header("Content-Type")).isEqualTo("application/json");
        assertThat(server.get("/api/notes/a%20%2Fb", server.as("ann"))
                        .json()
                        .path("text")
                        .asString())
                .isEqualTo("<b>");
        assertThat(send("PATCH", "/api/notes/a%20%2Fb", "{}", server.as("ann"))
                        .response()
                        .body())
                .isEqualTo("{}");
        assertThat(send("DELETE", "/api/notes/a%20%2Fb", "", server.as("ann")).status())
                .isEqualTo(204);
        FallbackServer.Answer gone = server.get("/api/notes/a%20%2Fb", server.as("ann"));
        assertThat(gone.problem()).isEqualTo("404 unknown_note");
        assertThat(gone.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(gone.json().path("detail").asString()).isEqualTo("There is no note \"so\" \\ called.");
    }

    @Test
    void onlyAValidTokenIsACaller() {
        for (String[] headers : new String[][] {
            {"Peal-User", "ann"},
            {"Authorization", "Bearer bad"},
            {"Authorization", "Basic YW5uOmFubg=="},
            {"Authorization", "Bearer " + server.token("ann"), "Authorization", "Bearer " + server.token("bob")}
        }) {
            assertThat(server.get("/api/notes", headers).problem())
                    .as(headers[1])
                    .isEqualTo("401 not_authenticated");
            assertThat(send("PUT", "/api/notes/n", "{}", headers).problem()).isEqualTo("401 not_authenticated");
            assertThat(send("DELETE", "/api/notes/n", "", headers).problem()).isEqualTo("401 not_authenticated");
        }
        assertThat(server.get("/api/notes").problem()).isEqualTo("401 not_authenticated");
        JsonNode named =
                server.get("/api/notes", server.as("ann", "Peal-User", "bob")).json();
        assertThat(named.path("userId").asString()).as("a token's word counts").isEqualTo("ann");
    }

    @Test
    void aRevokedUserIsNoCaller() {
        String[] ann = server.as("ann");
        assertThat(server.get("/api/notes", ann).status()).isEqualTo(200);
        server.program().post("/api/v1/users/ann/revoke", "{}");
        assertThat(server.get("/api/notes", ann).problem()).isEqualTo("401 not_authenticated");
        assertThat(send("PUT", "/api/notes/n", "{}", ann).problem()).isEqualTo("401 not_authenticated");
    }

    @Test
    void inOpenModeAHeaderNamesTheCaller() {
        again("auth.mode", "open");
        assertThat(server.get("/api/notes").json().path("userId").isNull()).isTrue();
        assertThat(server.get("/api/notes", "Peal-User", "ann")
                        .json()
                        .path("userId")
                        .asString())
                .isEqualTo("ann");
        assertThat(server.get("/api/notes", "Peal-User", "J%C3%BCrgen")
                        .json()
                        .path("userId")
                        .asString())
                .isEqualTo("Jürgen");
        for (String bad : List.of("%zz", "%00", " ", "x".repeat(129), "%ff")) {
            assertThat(server.get("/api/notes", "Peal-User", bad).problem())
                    .as(bad)
                    .isEqualTo("401 not_authenticated");
        }
        assertThat(server.get("/api/notes", "Peal-User", "ann", "Peal-User", "bob")
                        .problem())
                .isEqualTo("401 not_authenticated");
        JsonNode proven =
                server.get("/api/notes", server.as("ann", "Peal-User", "bob")).json();
        assertThat(proven.path("userId").asString()).isEqualTo("ann");
    }

    @Test
    void whatIsNoRequestReachesNoHandler() {
        String[] ann = server.as("ann");
        for (String body : List.of("[]", "{", "{} {}", "{\"a\":1,\"a\":2}", "1", "{\"a\":NaN}", "\u0000")) {
            assertThat(send("PUT", "/api/notes/n", body, ann).problem())
                    .as(body)
                    .isEqualTo("400 bad_json");
        }
        assertThat(send("PUT", "/api/notes/n", "{\"a\":\"" + "x".repeat(65_536) + "\"}", ann)
                        .problem())
                .isEqualTo("413 body_too_large");
        for (String query : List.of("a=1&a=2", "=1", "a=%ff", "a=" + "x".repeat(513), "a&&b")) {
            assertThat(server.get("/api/notes?" + query, ann).problem())
                    .as(query)
                    .isEqualTo("400 bad_query");
        }
        for (String query : List.of("token=x", "secret=x", "access_token=x", "x=1&Secret=y", "sess%69on=x")) {
            assertThat(server.get("/api/notes?" + query, ann).problem())
                    .as(query)
                    .isEqualTo("400 secret_in_query");
        }
        HttpRequest form = server.request("/api/notes/n", ann)
                .header("Content-Type", "text/plain")
                .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(server.send(form).problem()).isEqualTo("415 not_json");
        assertThat(server.get("/api/notes/%2e%2e", ann).status()).isEqualTo(400);
        assertThat(server.get("/api/notes/n", ann).problem()).isEqualTo("404 unknown_note");
    }

    @Test
    void aHandlersBugIsNobodysBusiness() {
        String[] ann = server.as("ann");
        FallbackServer.Answer failed = send("POST", "/api/notes/fail", "{}", ann);
        assertThat(failed.problem()).isEqualTo("500 internal");
        assertThat(failed.response().body()).doesNotContain("bug");
        assertThat(server.get("/api/notes/late/failure", ann).problem()).isEqualTo("500 internal");
    }

    /** An exact path does not hide what a path with parameters has besides. */
    @Test
    void methodsAreToldApart() {
        String[] ann = server.as("ann");
        assertThat(send("PUT", "/api/notes/fail", "{}", ann).status()).isEqualTo(200);
        assertThat(server.get("/api/notes/fail", ann).status()).isEqualTo(200);
        FallbackServer.Answer wrong = send("POST", "/api/notes/n", "{}", ann);
        assertThat(wrong.problem()).isEqualTo("405 method_not_allowed");
        assertThat(wrong.header("Allow")).isEqualTo("DELETE, GET, OPTIONS, PATCH, PUT, HEAD");
    }

    @Test
    void pagesOfOtherOriginsAreLetInByTheList() {
        String[] ann = server.as("ann");
        FallbackServer.Answer asked = send("OPTIONS", "/api/notes/n", "", "Origin", LISTED);
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
        assertThat(asked.header("Access-Control-Allow-Methods")).isEqualTo("DELETE, GET, PATCH, PUT");
        assertThat(asked.header("Access-Control-Allow-Headers")).contains("Authorization", "Peal-User");
        for (String path : List.of("/api/notes", "/api/notes/n")) {
            FallbackServer.Answer read = server.get(path, server.as("ann", "Origin", LISTED));
            assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
            assertThat(read.header("Vary")).isEqualTo("Origin");
            FallbackServer.Answer foreign = server.get(path, server.as("ann", "Origin", "https://evil.example.org"));
            assertThat(foreign.problem()).isEqualTo("403 foreign_origin");
            assertThat(foreign.header("Access-Control-Allow-Origin")).isEqualTo("none");
        }
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            String body = method.equals("DELETE") ? "" : "{}";
            assertThat(send(method, "/api/notes/n", body, server.as("ann", "Origin", "https://evil.example.org"))
                            .problem())
                    .as(method)
                    .isEqualTo("403 foreign_origin");
            assertThat(send(method, "/api/notes/n", body, server.as("ann", "Origin", LISTED))
                            .status())
                    .isLessThan(300);
        }
        assertThat(send("OPTIONS", "/api/notes/n", "", "Origin", "https://evil.example.org")
                        .header("Access-Control-Allow-Methods"))
                .isEqualTo("none");
        assertThat(server.get("/api/notes/n", ann).status()).isEqualTo(404);
    }

    @Test
    void readsCountByAddress() {
        again("limits.readsPerAddress", "3/1h", "rate.http_write", "unlimited");
        for (int i = 0; i < 3; i++) {
            assertThat(server.get("/api/notes", server.as("user" + i)).status()).isEqualTo(200);
        }
        FallbackServer.Answer refused = server.get("/api/notes", server.as("ann"));
        assertThat(refused.problem()).isEqualTo("429 rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        assertThat(server.get("/api/messages?room=a", server.as("ann")).problem())
                .as("one limit for all that is read")
                .isEqualTo("429 rate_limited");
        assertThat(send("PUT", "/api/notes/n", "{}", server.as("ann")).status()).isEqualTo(200);
    }

    @Test
    void writesCountByUser() {
        again("rate.http_write", "3/1h");
        for (int i = 0; i < 3; i++) {
            assertThat(send("PUT", "/api/notes/n" + i, "{}", server.as("ann")).status())
                    .isEqualTo(200);
        }
        FallbackServer.Answer refused = send("DELETE", "/api/notes/n1", "", server.as("ann"));
        assertThat(refused.problem()).isEqualTo("429 rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        assertThat(send("PUT", "/api/notes/n", "{}", server.as("bob")).status()).isEqualTo(200);
        assertThat(server.get("/api/notes", server.as("ann")).status()).isEqualTo(200);
        assertThat(server.get("/metrics").response().body())
                .contains("peal_rate_limited_total{type=\"http_write\"} 1.0");
    }

    @Test
    void inOpenModeTheUnnamedShareTheirAddresssWrites() {
        again("auth.mode", "open", "rate.http_write", "2/1h");
        for (int i = 0; i < 2; i++) {
            assertThat(send("PUT", "/api/notes/n", "{}").status()).isEqualTo(200);
        }
        assertThat(send("PUT", "/api/notes/n", "{}").problem()).isEqualTo("429 rate_limited");
        assertThat(send("PUT", "/api/notes/n", "{}", "Peal-User", "ann").status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotThisApplicationsCannotBeTaken() {
        for (String path :
                List.of("", "/", "notes", "/a//b", "/a/{}", "/a/{B}", "/a/{b}c", "/a/{b}/{b}", "/a b", "/a?b", "/a/")) {
            assertThatThrownBy(() -> HttpRoute.get(path, (caller, call) -> new HttpReply.Done().now()))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String path : List.of("/api/v1", "/api/v1/rooms", "/api/v1/{x}")) {
            assertThatThrownBy(() -> HttpRoute.get(path, (caller, call) -> new HttpReply.Done().now()))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String path : List.of("/api/messages", "/health/live", "/metrics", "/api/notes", "/api/notes/{again}")) {
            assertThatThrownBy(() -> startWith(path)).as(path).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void startWith(String path) {
        server.close();
        App other = new App() {
            @Override
            public RoomKind kind() {
                return RoomKind.people("other");
            }

            @Override
            public String path() {
                return "/other";
            }

            @Override
            public List<MessageType<?>> messages() {
                return List.of();
            }

            @Override
            public List<HttpRoute> routes() {
                return List.of(HttpRoute.get(path, (caller, call) -> new HttpReply.Done().now()));
            }
        };
        server = FallbackServer.start(folder.resolve("data"), List.of(new NotesApp(), other));
    }
}
