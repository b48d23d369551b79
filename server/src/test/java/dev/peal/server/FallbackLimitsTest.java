package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.RoomGlobs;
import dev.peal.testkit.Await;
import dev.peal.testkit.sse.EventStreamClient;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients without a WebSocket may not, over real sockets. */
final class FallbackLimitsTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("peal.nightly");
    private static final int MANY = NIGHTLY ? 1_000 : 100;
    private static final int EACH = NIGHTLY ? 500 : 100;
    private static final long BAN_MILLIS = 1_000;
    private static final String LISTED = "https://app.example.org";

    @TempDir
    private Path folder;

    private @Nullable FallbackServer started;

    private FallbackServer start(String... settings) {
        FallbackServer server = FallbackServer.start(folder.resolve("data"), settings);
        started = server;
        return server;
    }

    @AfterEach
    void stop() {
        if (started != null) {
            started.close();
        }
    }

    @Test
    void brokenQueriesAreRefusedByName() {
        FallbackServer server = start();
        String many = IntStream.range(0, 65).mapToObj(i -> "room=r" + i).collect(Collectors.joining("&"));
        List<String[]> wrong = List.of(
                new String[] {"?room=", "bad_room"},
                new String[] {"?room", "bad_room"},
                new String[] {"?room=a%20b", "bad_room"},
                new String[] {"?room=abc%0A", "bad_room"},
                new String[] {"?room=" + "x".repeat(129), "bad_room"},
                new String[] {"?room=%FF", "bad_room"},
                new String[] {"?room=..%2Fx", "bad_room"},
                new String[] {"?" + many, "too_many_rooms"},
                new String[] {"?room=a&since=", "bad_since"},
                new String[] {"?room=a&since=7", "bad_since"},
                new String[] {"?room=a&since=e:-1", "bad_since"},
                new String[] {"?room=a&since=e:07", "bad_since"},
                new String[] {"?room=a&since=e:9007199254740992", "bad_since"},
                new String[] {"?room=a&since=a@e", "bad_since"},
                new String[] {"?room=a&room=b&since=e:1", "bad_since"},
                new String[] {"?room=a&since=%FF", "bad_since"},
                new String[] {"?room=a&token=x", "secret_in_query"},
                new String[] {"?access_token=x", "secret_in_query"},
                new String[] {"?room=a&sessionId=x", "secret_in_query"});
        for (String[] one : wrong) {
            for (String path : List.of("/events", "/api/messages")) {
                assertThat(server.get(path + one[0], server.as("ann")).problem())
                        .as(path + one[0])
                        .isEqualTo("400 " + one[1]);
            }
        }
        for (String wait : List.of("-1", "61", "1.5", "x", "", "99999999999")) {
            assertThat(server.get("/api/messages?room=a&wait=" + wait, server.as("ann"))
                            .problem())
                    .as(wait)
                    .isEqualTo("400 bad_wait");
        }
        for (String limit : List.of("0", "201", "x")) {
            assertThat(server.get("/api/messages?room=a&limit=" + limit, server.as("ann"))
                            .problem())
                    .isEqualTo("400 bad_limit");
        }
        assertThat(server.get("/events?events=all", server.as("ann")).problem()).isEqualTo("400 bad_events");
        assertThat(server.get("/events?room=a", server.as("ann", "Last-Event-ID", "nonsense"))
                        .problem())
                .isEqualTo("400 bad_since");
        assertThat(server.get("/events", server.as("ann", "Peal-Session", "x".repeat(65)))
                        .problem())
                .isEqualTo("400 bad_session");
        assertThat(server.get("/api/messages?room=a&unknown=1", server.as("ann"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void nobodyIsNobody() {
        FallbackServer server = start();
        for (String path : List.of("/events", "/events?room=a", "/api/messages", "/api/messages?room=a&wait=60")) {
            assertThat(server.get(path).problem()).as(path).isEqualTo("401 not_authenticated");
            assertThat(server.get(path, "Authorization", "Basic YTpi").problem())
                    .isEqualTo("401 not_authenticated");
        }
        assertThat(server.post("/api/ticket", "{}").problem()).isEqualTo("401 not_authenticated");
        assertThat(server.get("/events?ticket=pZ4V3vYlQm2o9T1bXcE8Ag").problem())
                .isEqualTo("401 not_authenticated");
        for (String body : List.of("[]", "{", "{\"session\":1}", "{\"token\":\"x\"}", "{},{}", "{}}")) {
            assertThat(server.post("/api/ticket", body, server.as("ann")).problem())
                    .as(body)
                    .isEqualTo("400 invalid_message");
        }
    }

    @Test
    void aRoomThatTheTokenDoesNotOpenIsForbidden() {
        FallbackServer server = start();
        String narrow = "Bearer " + server.token("ann", RoomGlobs.of(List.of("team-*")), 60_000);
        for (String path : List.of(
                "/events?room=team-a&room=b", "/api/messages?room=b", "/api/messages?room=b&wait=1&since=e:1")) {
            assertThat(server.get(path, "Authorization", narrow).problem())
                    .as(path)
                    .isEqualTo("403 forbidden");
        }
        assertThat(server.get("/api/messages?room=team-a", "Authorization", narrow)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void streamsAndWaitingPollsCountAsConnections() {
        FallbackServer server = start("limits.connectionsPerAddress", "3");
        String position = server.get("/api/messages?room=a", server.as("ann")).header("Peal-Position");
        try (EventStreamClient one = server.stream("?room=a", server.as("ann"));
                WsClient two = server.webSocket("ann")) {
            one.await("joined");
            CompletableFuture<FallbackServer.Answer> three =
                    server.getLater("/api/messages?room=a&wait=60&since=" + position, server.as("ann"));
            Await.until("it waits", () -> server.waitingPolls() == 1);
            for (String path : List.of("/events?room=a", "/api/messages?room=a&wait=60&since=" + position)) {
                FallbackServer.Answer refused = server.get(path, server.as("bob"));
                assertThat(refused.problem()).as(path).isEqualTo("429 too_many_connections");
                assertThat(refused.header("Retry-After")).isEqualTo("5");
            }
            List<String> transports = server.program()
                    .get("/api/v1/connections")
                    .body()
                    .path("connections")
                    .valueStream()
                    .map(connection -> connection.path("transport").asString())
                    .toList();
            assertThat(transports).containsExactlyInAnyOrder("sse", "ws", "poll");
            assertThat(server.say(FallbackServer.message("a", "go"), server.as("bob"))
                            .status())
                    .isEqualTo(200);
            assertThat(three.join().texts()).containsExactly("go");
            assertThat(two).isNotNull();
        }
        Await.until("there is room again", () -> {
            try (EventStreamClient again = server.stream("?room=a", server.as("ann"))) {
                return again.status() == 200;
            }
        });
    }

    @Test
    void anAddressReadsSoOften() {
        FallbackServer server = start("limits.readsPerAddress", "3/60s");
        for (int i = 0; i < 3; i++) {
            assertThat(server.get("/api/messages?room=a", server.as("ann")).status())
                    .isEqualTo(200);
        }
        for (String path : List.of("/api/messages?room=a", "/events?room=a")) {
            FallbackServer.Answer refused = server.get(path, server.as("bob"));
            assertThat(refused.problem()).isEqualTo("429 rate_limited");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 20);
        }
        assertThat(server.post("/api/ticket", "{}", server.as("bob")).problem()).isEqualTo("429 rate_limited");
    }

    @Test
    void pagesOfOtherOriginsAreAskedFirst() {
        FallbackServer server = start("http.allowedOrigins", "same-origin," + LISTED);
        String[] evil = server.as("ann", "Origin", "https://evil.example.org");
        List<FallbackServer.Answer> foreign = List.of(
                server.get("/api/messages?room=a", evil),
                server.post("/api/ticket", "{}", evil),
                server.say(FallbackServer.message("a", "not wanted"), evil));
        try (EventStreamClient stream = server.stream("?room=a", evil)) {
            assertThat(stream.status()).isEqualTo(403);
        }
        for (FallbackServer.Answer answer : foreign) {
            assertThat(answer.problem()).isEqualTo("403 foreign_origin");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("none");
        }
        assertThat(server.get("/api/messages?room=a", server.as("ann")).texts()).isEmpty();
        FallbackServer.Answer allowed = server.get("/api/messages?room=a", server.as("ann", "Origin", LISTED));
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(LISTED);
        assertThat(allowed.header("Access-Control-Expose-Headers"))
                .contains(
                        "Peal-Position",
                        "Peal-Recovered",
                        "Peal-Reason",
                        "Peal-Oldest",
                        "Peal-More",
                        "Retry-After",
                        "ETag");
        try (EventStreamClient stream = server.stream("?room=a", server.as("ann", "Origin", LISTED))) {
            assertThat(stream.response().headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(LISTED);
        }
        HttpResponse<Void> asked = preflight(server, "/api/messages");
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, POST");
        assertThat(asked.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("Authorization, Content-Type, Last-Event-ID, Peal-Session, Peal-User");
        assertThat(preflight(server, "/events").headers().firstValue("Access-Control-Allow-Methods"))
                .contains("GET");
    }

    private static HttpResponse<Void> preflight(FallbackServer server, String path) {
        var request = server.request(path, "Origin", LISTED, "Access-Control-Request-Method", "GET")
                .method("OPTIONS", java.net.http.HttpRequest.BodyPublishers.noBody())
                .build();
        return server.http()
                .sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .join();
    }

    /** PROMISES 30 without a WebSocket: 100 streams and 100 waiting polls here, a thousand connections nightly; only nightly is time asserted. */
    @Test
    void whoIsRevokedIsCutEverywhere() {
        FallbackServer server = start();
        String position = server.get("/api/messages?room=a", server.as("ann")).header("Peal-Position");
        List<EventStreamClient> streams = new ArrayList<>();
        List<CompletableFuture<FallbackServer.Answer>> polls = new ArrayList<>();
        String[] ann = server.as("ann");
        for (int i = 0; i < EACH; i++) {
            streams.add(server.stream("?room=a", ann));
            polls.add(server.getLater("/api/messages?room=a&wait=60&since=" + position, ann));
        }
        String ticket =
                server.post("/api/ticket", "{}", ann).json().path("ticket").asString();
        Await.until("all wait", () -> server.waitingPolls() == EACH);
        try (EventStreamClient bob = server.stream("?room=a", server.as("bob"))) {
            bob.await("joined");
            long began = System.nanoTime();
            assertThat(server.program().post("/api/v1/users/ann/revoke", "{}").status())
                    .isEqualTo(200);
            for (EventStreamClient stream : streams) {
                assertThat(stream.awaitClose()).isEqualTo("1008 Invalid authentication");
            }
            for (CompletableFuture<FallbackServer.Answer> poll : polls) {
                assertThat(poll.join().problem()).isEqualTo("401 not_authenticated");
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            System.out.printf("%d streams and %d polls of a revoked user were cut within %d ms%n", EACH, EACH, millis);
            if (NIGHTLY) {
                assertThat(millis).isLessThanOrEqualTo(BAN_MILLIS);
            }
            try (EventStreamClient late = server.stream("?room=a&ticket=" + ticket)) {
                assertThat(late.awaitClose()).isEqualTo("1008 Invalid authentication");
            }
            assertThat(server.get("/api/messages?room=a", ann).problem()).isEqualTo("401 not_authenticated");
            server.say(FallbackServer.message("a", "still here"), server.as("carl"));
            bob.await("message");
        }
    }

    @Test
    void whoseTokenEndsIsCutAndSaidWhy() {
        FallbackServer server = start("auth.leeway", "0s");
        String position = server.get("/api/messages?room=a", server.as("ann")).header("Peal-Position");
        String brief = "Bearer " + server.token("ann", RoomGlobs.ALL, 3_000);
        try (EventStreamClient stream = server.stream("?room=a", "Authorization", brief)) {
            CompletableFuture<FallbackServer.Answer> poll =
                    server.getLater("/api/messages?room=a&wait=60&since=" + position, "Authorization", brief);
            stream.await("token_expiring");
            assertThat(stream.awaitClose()).isEqualTo("4401 token expired");
            assertThat(poll.join().problem()).isEqualTo("401 not_authenticated");
        }
    }

    @Test
    void aFreshTokenThatIsPostedExtendsTheStream() {
        FallbackServer server = start("auth.leeway", "0s");
        String brief = "Bearer " + server.token("ann", RoomGlobs.ALL, 3_000);
        try (EventStreamClient stream = server.stream("?room=a", "Authorization", brief, "Peal-Session", "new")) {
            String session = stream.await("authenticated").at("/data/sessionId").asString();
            stream.await("token_expiring");
            FallbackServer.Answer answer =
                    server.say("{\"type\":\"authenticate\"}", server.as("ann", "Peal-Session", session));
            assertThat(answer.json().path("type").asString()).isEqualTo("authenticated");
            Await.until(
                    "the old token is over",
                    () -> server.get("/api/messages", "Authorization", brief).status() == 401);
            server.say(FallbackServer.message("a", "later"), server.as("bob"));
            assertThat(stream.await("message").at("/data/message").asString()).isEqualTo("later");
        }
    }

    @Test
    void aStreamThatIsNotReadIsEnded() throws IOException {
        FallbackServer server =
                start("limits.outboxBytes", "256KiB", "log.engine", "memory", "log.retention.entries", "100");
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(
                    new java.net.InetSocketAddress("localhost", server.server().port()));
            String head = "GET /events?room=a HTTP/1.1\r\nHost: localhost:"
                    + server.server().port() + "\r\nAuthorization: Bearer " + server.token("ann") + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            Await.until("it is there", () -> connections(server) == 1);
            // Much at once, since the kernel takes megabytes before the server sees that nobody reads.
            String text = FallbackServer.message("a", "\uD83D\uDD14".repeat(1_000));
            Await.until("it is ended", () -> {
                List<CompletableFuture<HttpResponse<Void>>> said = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    said.add(server.http()
                            .sendAsync(
                                    server.postRequest("/api/messages", text, server.as("bob")),
                                    HttpResponse.BodyHandlers.discarding()));
                }
                said.forEach(CompletableFuture::join);
                return connections(server) == 0;
            });
        }
    }

    private static int connections(FallbackServer server) {
        return server.program()
                .get("/api/v1/connections?user=ann")
                .body()
                .path("connections")
                .size();
    }

    @Test
    void whatRetentionTookIsSaid() {
        FallbackServer server = start("log.engine", "memory", "log.retention.entries", "10");
        for (int i = 0; i < 40; i++) {
            server.say(FallbackServer.message("a", "m" + i), server.as("bob"));
        }
        String newest = server.get("/api/messages?room=a", server.as("ann")).header("Peal-Position");
        String early = newest.replaceAll(":40$", ":3");
        for (String wait : List.of("", "&wait=60")) {
            FallbackServer.Answer answer = server.get("/api/messages?room=a&since=" + early + wait, server.as("ann"));
            assertThat(answer.header("Peal-Recovered")).isEqualTo("false");
            assertThat(answer.header("Peal-Reason")).isEqualTo("history_trimmed");
            assertThat(Integer.parseInt(answer.header("Peal-Oldest"))).isBetween(5, 31);
            assertThat(answer.header("Peal-Position")).isEqualTo(newest);
            assertThat(answer.texts()).isEmpty();
        }
        try (EventStreamClient stream = server.stream("?room=a", server.as("ann", "Last-Event-ID", early))) {
            var joined = stream.await("joined");
            assertThat(joined.at("/data/reason").asString()).isEqualTo("history_trimmed");
            Await.until("the place is the newest", () -> stream.lastEventId().equals(newest));
        }
    }

    @Test
    void sixtyFourRoomsShareAStreamAndAPoll() {
        FallbackServer server = start();
        String rooms = IntStream.range(0, 64).mapToObj(i -> "room=r" + i).collect(Collectors.joining("&"));
        FallbackServer.Answer newest = server.get("/api/messages?" + rooms, server.as("ann"));
        String since = java.util.Arrays.stream(newest.header("Peal-Position").split(", "))
                .map(position -> "since=" + position.replace("@", "%40"))
                .collect(Collectors.joining("&"));
        try (EventStreamClient stream = server.stream("?" + rooms, server.as("ann"))) {
            for (int i = 0; i < 64; i++) {
                assertThat(stream.await("joined").at("/data/roomId").asString()).isEqualTo("r" + i);
            }
            CompletableFuture<FallbackServer.Answer> poll =
                    server.getLater("/api/messages?wait=60&" + rooms + "&" + since, server.as("ann"));
            Await.until("it waits", () -> server.waitingPolls() == 1);
            server.say(FallbackServer.message("r63", "last"), server.as("bob"));
            assertThat(stream.await("message").at("/data/roomId").asString()).isEqualTo("r63");
            assertThat(poll.join().texts()).containsExactly("last");
            Await.until("all places", () -> stream.lastEventId().split(",").length == 64);
        }
    }

    @Test
    void aPollOfMoreRoomsThanAConnectionMayBeInIsRefusedForGood() {
        FallbackServer server = start("limits.roomsPerConnection", "1");
        String[] positions = server.get("/api/messages?room=a&room=b", server.as("ann"))
                .header("Peal-Position")
                .replace("@", "%40")
                .split(", ");
        String since = "&since=" + positions[0] + "&since=" + positions[1];
        assertThat(server.get("/api/messages?room=a&room=b&wait=60" + since, server.as("ann"))
                        .problem())
                .isEqualTo("400 too_many_rooms");
        assertThat(server.waitingPolls()).isZero();
    }

    /** 100 at once here, 1,000 nightly. */
    @Test
    void ofAllWhoUseATicketAtOnceOneGetsAStream() {
        FallbackServer server = start();
        String ticket = server.post("/api/ticket", "{}", server.as("ann"))
                .json()
                .path("ticket")
                .asString();
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(server.http()
                    .sendAsync(
                            server.request("/events?room=a&ticket=" + ticket).build(),
                            HttpResponse.BodyHandlers.ofInputStream())
                    .thenApply(HttpResponse::statusCode));
        }
        List<Integer> statuses = all.stream().map(CompletableFuture::join).toList();
        assertThat(statuses).hasSize(MANY).containsOnly(200, 401);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
    }

    @Test
    void openModeNeedsNoToken() {
        FallbackServer server = start("auth.mode", "open");
        try (EventStreamClient nobody = server.stream("?room=a", "Peal-Session", "new")) {
            var hello = nobody.await("authenticated");
            assertThat(hello.at("/data/userId").isNull()).isTrue();
            String session = hello.at("/data/sessionId").asString();
            assertThat(server.say(FallbackServer.join("b"), "Peal-Session", session)
                            .json()
                            .path("type")
                            .asString())
                    .isEqualTo("joined");
            server.say(FallbackServer.message("b", "hi"));
            assertThat(nobody.await("message").at("/data/message").asString()).isEqualTo("hi");
        }
        String ticket = server.post("/api/ticket", "{\"userId\":\"ann\",\"userName\":\"Ann\",\"session\":true}")
                .json()
                .path("ticket")
                .asString();
        try (EventStreamClient ann = server.stream("?room=a&ticket=" + ticket)) {
            var hello = ann.await("authenticated");
            assertThat(hello.at("/data/userName").asString()).isEqualTo("Ann");
            String session = hello.at("/data/sessionId").asString();
            assertThat(server.say(FallbackServer.message("a", "mine"), "Peal-Session", session)
                            .status())
                    .isEqualTo(200);
            assertThat(ann.await("message").at("/data/userId").asString()).isEqualTo("ann");
        }
    }
}
