package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.auth.ApiKey;
import dev.peal.auth.ApiKeyFile;
import dev.peal.auth.ApiScope;
import dev.peal.auth.RoomGlobs;
import dev.peal.server.config.Config;
import dev.peal.server.config.Setting;
import dev.peal.testkit.Await;
import dev.peal.time.Clock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The server API of a whole server, through its port. */
final class ServerApiTest {
    private static final String LOBBY = "/api/v1/rooms/lobby/messages";

    @TempDir
    private Path folder;

    private PealServer server;
    private String allScopes;
    private final Map<ApiScope, String> alone = new EnumMap<>(ApiScope.class);
    private final Map<ApiScope, String> others = new EnumMap<>(ApiScope.class);
    private ApiClient api;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        allScopes = key(EnumSet.allOf(ApiScope.class));
        for (ApiScope scope : ApiScope.values()) {
            alone.put(scope, key(EnumSet.of(scope)));
            others.put(scope, key(EnumSet.complementOf(EnumSet.of(scope))));
        }
        open();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void open() {
        server = PealServer.builder()
                .set("server.port", "0")
                .set("server.transport", "nio")
                .set("server.data", folder.resolve("data").toString())
                .set("auth.leeway", "0s")
                .start();
        api = new ApiClient(server.port(), allScopes);
    }

    private String key(Set<ApiScope> scopes) throws IOException {
        ApiKey.Made made = ApiKey.make("test", scopes, Clock.SYSTEM.millis());
        ApiKeyFile.in(folder.resolve("data"))
                .change(keys ->
                        Stream.concat(keys.stream(), Stream.of(made.key())).toList());
        return made.text();
    }

    private String token(String user, long lifetimeMillis) {
        Config config = Config.of(
                Map.of("server.data", new Setting(folder.resolve("data").toString(), "test")));
        return Accounts.minter(config, folder.resolve("data"), Clock.SYSTEM)
                .mint(user, Optional.empty(), lifetimeMillis, RoomGlobs.ALL);
    }

    private WsClient signIn(String token) {
        WsClient client = WsClient.connect(URI.create("ws://localhost:" + server.port() + "/chat"));
        client.send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + token + "\"}}");
        return client;
    }

    private WsClient member(String user, String room) {
        WsClient client = signIn(token(user, 60_000));
        client.await("authenticated");
        client.send("{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"" + room + "\"}}");
        client.await("joined");
        return client;
    }

    // Rooms.

    @Test
    void whatIsPublishedReachesTheMembersAndTheHistory() {
        try (WsClient ann = member("ann", "lobby")) {
            ApiClient.Answer stored = api.post(
                    LOBBY, "{\"data\":{\"message\":\"build 7 is out\",\"userId\":\"ci\",\"userName\":\"CI\"}}");
            assertThat(stored.status()).isEqualTo(200);
            assertThat(stored.body().path("offset").asInt()).isEqualTo(1);
            JsonNode push = ann.await("message");
            assertThat(push.path("offset").asInt()).isEqualTo(1);
            assertThat(push.at("/data/message").asString()).isEqualTo("build 7 is out");
            assertThat(push.at("/data/userId").asString()).isEqualTo("ci");
            assertThat(push.at("/data/userName").asString()).isEqualTo("CI");
            JsonNode entry = api.get(LOBBY).body().at("/entries/0");
            assertThat(entry.path("sender").asString()).isEqualTo("api:" + allScopes.substring(3, 15));
            assertThat(entry.at("/data/message").asString()).isEqualTo("build 7 is out");
        }
    }

    @Test
    void publishRefusesWhatAClientCouldNotSayEither() {
        for (String[] bad : new String[][] {
            {"{\"data\":{}}", "400 bad_data"},
            {"{\"data\":{\"message\":\"\"}}", "400 bad_data"},
            {"{\"data\":{\"message\":\"" + "x".repeat(1_001) + "\"}}", "400 bad_data"},
            {"{\"data\":{\"message\":\"x\",\"userName\":7}}", "400 bad_data"},
            {"{\"data\":{\"message\":\"x\",\"userId\":\"\"}}", "400 bad_data"},
            {"{\"type\":\"poll\",\"data\":{\"message\":\"x\"}}", "400 bad_data"},
            {"{\"type\":\"user_joined\",\"data\":{}}", "400 bad_type"},
            {"{\"type\":\"Message\",\"data\":{}}", "400 bad_type"},
            {"{\"type\":5,\"data\":{}}", "400 bad_type"},
            {"{}", "400 bad_data"},
            {"{\"data\":[]}", "400 bad_data"},
            {"{\"data\":{\"message\":\"x\"},\"date\":1}", "400 unknown_field"},
            {"[]", "400 bad_json"},
            {"", "400 bad_data"},
            {"{\"data\":{}", "400 bad_json"},
            {"{\"data\":{},\"data\":{}}", "400 bad_json"},
            {"{\"data\":{}} {}", "400 bad_json"},
            {"{\"data\":" + "{\"a\":".repeat(60) + "1" + "}".repeat(60) + "}", "400 bad_json"},
            {"{\"data\":{\"message\":\"" + "x".repeat(70_000) + "\"}}", "413 body_too_large"},
        }) {
            assertThat(api.post(LOBBY, bad[0]).problem())
                    .as(bad[0].substring(0, Math.min(60, bad[0].length())))
                    .isEqualTo(bad[1]);
        }
        assertThat(api.get(LOBBY).body().path("entries")).isEmpty();
    }

    @Test
    void anIdempotencyKeyStoresOnceAndAnswersAlike() {
        String body = "{\"data\":{\"message\":\"once\"}}";
        ApiClient.Answer first = api.post(LOBBY, body, "Idempotency-Key", "k-1");
        ApiClient.Answer again = api.post(LOBBY, " {\"data\": {\"message\":\"once\"}}", "Idempotency-Key", "k-1");
        assertThat(first.replayed()).isFalse();
        assertThat(again.replayed()).isTrue();
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(api.post(LOBBY, "{\"data\":{\"message\":\"other\"}}", "Idempotency-Key", "k-1")
                        .problem())
                .isEqualTo("422 idempotency_key_reused");
        for (String bad : new String[] {"x".repeat(65), "a b"}) {
            assertThat(api.post(LOBBY, body, "Idempotency-Key", bad).problem()).isEqualTo("400 bad_idempotency_key");
        }
        assertThat(api.get(LOBBY).body().path("entries")).hasSize(1);
    }

    @Test
    void historyIsPagedBothWays() {
        for (int i = 1; i <= 7; i++) {
            api.post(LOBBY, "{\"data\":{\"message\":\"" + i + "\"}}");
        }
        assertThat(offsets(LOBBY + "?limit=3")).containsExactly(5, 6, 7);
        assertThat(offsets(LOBBY + "?limit=3&before=5")).containsExactly(2, 3, 4);
        assertThat(offsets(LOBBY + "?limit=3&before=2")).containsExactly(1);
        assertThat(offsets(LOBBY + "?limit=3&after=0")).containsExactly(1, 2, 3);
        assertThat(offsets(LOBBY + "?limit=3&after=6")).containsExactly(7);
        assertThat(offsets(LOBBY + "?after=7")).isEmpty();
        assertThat(offsets(LOBBY + "?after=100")).isEmpty();
        assertThat(api.get(LOBBY + "?limit=3").body().path("more").asBoolean()).isTrue();
        assertThat(api.get(LOBBY + "?limit=3&before=2").body().path("more").asBoolean())
                .isFalse();
    }

    private List<Integer> offsets(String path) {
        List<Integer> offsets = new ArrayList<>();
        api.get(path)
                .body()
                .path("entries")
                .forEach(e -> offsets.add(e.path("offset").asInt()));
        return offsets;
    }

    @Test
    void aPageOfNothingOrOfTenMillionIsRefusedWithTheRange() {
        for (String path : List.of(LOBBY, "/api/v1/rooms", "/api/v1/rooms/lobby/members", "/api/v1/connections")) {
            for (String limit : List.of("0", "10000000", "-1", "1.0", "x", "", "99999999999999999999")) {
                ApiClient.Answer answer = api.get(path + "?limit=" + limit);
                assertThat(answer.problem()).as(path + " " + limit).isEqualTo("400 bad_limit");
            }
            assertThat(api.get(path + "?limit=0").body().path("detail").asString())
                    .isEqualTo("limit wants a whole number from 1 to 1000.");
            assertThat(api.get(path + "?limit=1&limit=2").problem()).isEqualTo("400 bad_limit");
            assertThat(api.get(path + "?limits=1").problem()).isEqualTo("400 unknown_parameter");
            assertThat(api.get(path + "?limit=1000").status()).isEqualTo(200);
        }
        assertThat(api.get(LOBBY + "?before=1&after=1").problem()).isEqualTo("400 bad_before");
        assertThat(api.get(LOBBY + "?before=99999999999999999").problem()).isEqualTo("400 bad_before");
        assertThat(api.get("/api/v1/rooms?after=%ff").problem()).isEqualTo("400 bad_after");
    }

    @Test
    void roomsAndMembersAreListedInPages() {
        List<WsClient> clients = new ArrayList<>();
        for (String user : List.of("ann", "bob", "cleo")) {
            clients.add(member(user, "lobby"));
            clients.add(member(user, "room-" + user));
        }
        JsonNode page = api.get("/api/v1/rooms?limit=3").body();
        assertThat(page.path("rooms").findValuesAsString("roomId")).containsExactly("lobby", "room-ann", "room-bob");
        assertThat(page.at("/rooms/0/users").asInt()).isEqualTo(3);
        JsonNode rest = api.get(
                        "/api/v1/rooms?limit=3&after=" + page.path("next").asString())
                .body();
        assertThat(rest.path("rooms").findValuesAsString("roomId")).containsExactly("room-cleo");
        assertThat(rest.has("next")).isFalse();
        JsonNode members = api.get("/api/v1/rooms/lobby/members?limit=2").body();
        assertThat(members.path("total").asInt()).isEqualTo(3);
        assertThat(members.path("members").findValuesAsString("userId")).containsExactly("ann", "bob");
        JsonNode others = api.get("/api/v1/rooms/lobby/members?after="
                        + members.path("next").asString())
                .body();
        assertThat(others.path("members").findValuesAsString("userId")).containsExactly("cleo");
        clients.forEach(WsClient::close);
    }

    @Test
    void aRoomThatIsNotThereIsEmptyAndAKindThatIsNotThereIsNotFound() {
        assertThat(api.get("/api/v1/rooms/nowhere/members").body().path("total").asInt())
                .isZero();
        assertThat(api.get("/api/v1/rooms/nowhere/messages")
                        .body()
                        .path("newest")
                        .asInt())
                .isZero();
        for (String kind : List.of("user", "server", "nothing")) {
            assertThat(api.get("/api/v1/rooms?kind=" + kind).problem()).isEqualTo("404 unknown_kind");
            assertThat(api.get(LOBBY + "?kind=" + kind).problem()).isEqualTo("404 unknown_kind");
            assertThat(api.post(LOBBY + "?kind=" + kind, "{\"data\":{\"message\":\"x\"}}")
                            .problem())
                    .isEqualTo("404 unknown_kind");
        }
        for (String room : List.of("a%20b", "%C3%A4", "a%2Fb", "x".repeat(129))) {
            assertThat(api.get("/api/v1/rooms/" + room + "/messages").problem()).isEqualTo("400 bad_room");
        }
        for (String room : List.of("%2e%2E", "%ff", "%2e")) {
            assertThat(api.get("/api/v1/rooms/" + room + "/messages").problem()).isEqualTo("400 bad_request");
        }
    }

    // Users.

    @Test
    void aNotificationReachesItsUserAndABroadcastEverybody() {
        try (WsClient ann = member("ann", "lobby");
                WsClient bob = member("bob", "lobby")) {
            String body = "{\"data\":{\"title\":\"paid\"}}";
            ApiClient.Answer first = api.post("/api/v1/users/ann/notifications", body, "Idempotency-Key", "n");
            ApiClient.Answer again = api.post("/api/v1/users/ann/notifications", body, "Idempotency-Key", "n");
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.replayed()).isTrue();
            assertThat(ann.await("notification").at("/data/title").asString()).isEqualTo("paid");
            assertThat(api.post("/api/v1/broadcast", "{\"data\":{\"title\":\"noon\"}}")
                            .status())
                    .isEqualTo(200);
            assertThat(ann.await("notification").at("/data/title").asString()).isEqualTo("noon");
            assertThat(bob.await("notification").at("/data/title").asString()).isEqualTo("noon");
        }
        assertThat(api.post("/api/v1/users/%00/notifications", "{\"data\":{}}").problem())
                .isEqualTo("400 bad_user");
        assertThat(api.post("/api/v1/users/ann/notifications", "{}").problem()).isEqualTo("400 bad_data");
    }

    @Test
    void connectionsAreListedInPagesAndByUser() {
        List<WsClient> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(member(i % 2 == 0 ? "ann" : "bob/o", "lobby"));
        }
        JsonNode page = api.get("/api/v1/connections?limit=2").body();
        List<Integer> ids = new ArrayList<>();
        while (true) {
            page.path("connections").forEach(c -> ids.add(c.path("id").asInt()));
            if (!page.has("next")) {
                break;
            }
            page = api.get("/api/v1/connections?limit=2&after="
                            + page.path("next").asString())
                    .body();
        }
        assertThat(ids).containsExactly(1, 2, 3, 4, 5);
        JsonNode bobs = api.get("/api/v1/connections?user=bob%2Fo").body().path("connections");
        assertThat(bobs).hasSize(2);
        assertThat(bobs.at("/0/userId").asString()).isEqualTo("bob/o");
        assertThat(bobs.at("/0/address").asString()).isEqualTo("127.0.0.1");
        assertThat(bobs.at("/0/transport").asString()).isEqualTo("ws");
        assertThat(bobs.at("/0/rooms/0/roomId").asString()).isEqualTo("lobby");
        assertThat(api.get("/api/v1/connections?user=nobody").body().path("connections"))
                .isEmpty();
        assertThat(api.get("/api/v1/stats").body().path("sessions").asInt()).isEqualTo(5);
        clients.forEach(WsClient::close);
    }

    @Test
    void aUserIsDisconnectedOncePerIdempotencyKey() {
        try (WsClient first = member("ann", "lobby");
                WsClient second = member("ann", "lobby")) {
            String path = "/api/v1/users/ann/disconnect";
            ApiClient.Answer answer = api.post(path, "{}", "Idempotency-Key", "d");
            assertThat(answer.body().path("connections").asInt()).isEqualTo(2);
            assertThat(first.awaitClose()).isEqualTo("1001 going away");
            assertThat(second.awaitClose()).isEqualTo("1001 going away");
            try (WsClient third = member("ann", "lobby")) {
                ApiClient.Answer again = api.post(path, "{}", "Idempotency-Key", "d");
                assertThat(again.replayed()).isTrue();
                assertThat(again.body()).isEqualTo(answer.body());
                assertThat(api.post(path, "{\"reconnect\":false}", "Idempotency-Key", "d")
                                .problem())
                        .isEqualTo("422 idempotency_key_reused");
                assertThat(api.post(path, "{\"reconnect\":1}").problem()).isEqualTo("400 bad_reconnect");
                assertThat(api.get("/api/v1/connections").body().path("connections"))
                        .hasSize(1);
                api.post(path, "{\"reconnect\":false}");
                assertThat(third.awaitClose()).isEqualTo("4403 forbidden");
            }
        }
    }

    @Test
    void aRevokedUserIsCutAndStaysOutAfterARestartUntilItsTokenIsNewer() {
        long notAfter;
        try (WsClient ann = member("ann", "lobby");
                WsClient bob = member("bob", "lobby")) {
            ApiClient.Answer answer = api.post("/api/v1/users/ann/revoke", "", "Idempotency-Key", "r");
            notAfter = answer.body().path("notAfter").asLong();
            assertThat(ann.awaitClose()).isEqualTo("1008 Invalid authentication");
            assertThat(api.post("/api/v1/users/ann/revoke", "", "Idempotency-Key", "r")
                            .body())
                    .isEqualTo(answer.body());
            bob.send("{\"type\":\"ping\"}");
            bob.await("pong");
        }
        server.close();
        open();
        long second = notAfter / 1000;
        Await.until("tokens are of a later second", () -> Clock.SYSTEM.millis() / 1000 > second);
        try (WsClient newer = signIn(token("ann", 60_000))) {
            newer.await("authenticated");
        }
        assertThat(api.post("/api/v1/users/ann/revoke", "", "Idempotency-Key", "r")
                        .body()
                        .path("notAfter")
                        .asLong())
                .as("a repetition does not revoke what came since")
                .isEqualTo(notAfter);
        try (WsClient still = signIn(token("ann", 60_000))) {
            still.await("authenticated");
        }
    }

    @Test
    void aRevocationIsInForceWhenARestartedServerListens() {
        String older = token("ann", 60_000);
        assertThat(api.post("/api/v1/users/ann/revoke", "{}").status()).isEqualTo(200);
        server.close();
        open();
        try (WsClient ann = signIn(older)) {
            assertThat(ann.awaitClose()).isEqualTo("1008 Invalid authentication");
        }
    }

    @Test
    void anExpiredTokenEndsItsConnection() {
        try (WsClient ann = signIn(token("ann", 2_000))) {
            ann.await("authenticated");
            assertThat(ann.awaitClose()).isEqualTo("4401 token expired");
        }
    }

    // Keys.

    @Test
    void everyOperationWantsAKeyAndItsScope() {
        String none = "pk_aaaaaaaaaaaa_" + "A".repeat(43);
        for (OpenApi.Operation operation : OpenApi.operations()) {
            if (!operation.path().startsWith("/api/v1")) {
                continue;
            }
            ApiScope scope = ApiScope.named(
                            operation.description().at("/security/0/apiKey/0").asString())
                    .orElseThrow();
            assertThat(call(operation, "").problem()).isEqualTo("401 missing_key");
            assertThat(call(operation, none).problem()).isEqualTo("401 wrong_key");
            assertThat(call(operation, others.getOrDefault(scope, "")).problem())
                    .as(operation.path())
                    .isEqualTo("403 out_of_scope");
            assertThat(call(operation, alone.getOrDefault(scope, "")).status()).isNotIn(401, 403);
        }
    }

    private ApiClient.Answer call(OpenApi.Operation operation, String key) {
        ApiClient client = new ApiClient(server.port(), key);
        return operation.method().equals("GET")
                ? client.get(operation.filled())
                : client.post(operation.filled(), "{}");
    }

    @Test
    void aRevokedKeyIsRefusedWithoutARestart() throws IOException {
        ApiKeyFile.in(folder.resolve("data")).change(keys -> List.of());
        Await.until("the key is refused", () -> api.get("/api/v1/stats").status() == 401);
    }

    @Test
    void aKeysFileThatIsNoneOpensNothing() throws IOException {
        Files.writeString(folder.resolve("data/api-keys.json"), "{\"keys\":[{\"id\":\"x\"}]}");
        Await.until("the key is refused", () -> api.get("/api/v1/stats").status() == 401);
    }

    @Test
    void aKeyInTheAddressIsRefusedRightOrWrong() {
        for (String query : List.of(
                "key=" + allScopes,
                "api_key=x",
                "apiKey=x",
                "Access_Token=x",
                "limit=5&token=x",
                "after=" + allScopes,
                "after=pk%5Fabc")) {
            assertThat(api.get("/api/v1/rooms?" + query).problem()).as(query).isEqualTo("400 key_in_query");
            assertThat(new ApiClient(server.port(), "")
                            .get("/api/v1/rooms?" + query)
                            .problem())
                    .isEqualTo("400 key_in_query");
        }
    }

    @Test
    void anAddressWithWrongKeysIsToldToWaitAndAGoodKeyStillWorks() {
        ApiClient wrong = new ApiClient(server.port(), "pk_" + "a".repeat(12) + "_" + "b".repeat(43));
        Await.until("it is limited", () -> wrong.get("/api/v1/stats").problem().equals("429 rate_limited"));
        assertThat(api.get("/api/v1/stats").status()).isEqualTo(200);
    }

    // What needs no key.

    @Test
    void whatEverybodyMayAskIsAnsweredAsDescribed() {
        ApiClient anyone = new ApiClient(server.port(), "");
        assertThat(anyone.get("/api/mode").status()).isEqualTo(200);
        assertThat(anyone.get("/health/live").status()).isEqualTo(200);
        assertThat(anyone.get("/health/ready").status()).isEqualTo(200);
        assertThat(anyone.post("/api/guest", "{\"userName\":\"Ann\"}").status()).isEqualTo(200);
        assertThat(anyone.post("/api/guest", "{}").problem()).isEqualTo("400 bad_name");
        assertThat(new ApiClient(server.port(), "nonsense")
                        .post("/api/guest", "{}")
                        .problem())
                .isEqualTo("401 bad_token");
    }
}
