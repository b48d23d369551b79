package dev.peal.server;

import dev.peal.app.App;
import dev.peal.auth.ApiKey;
import dev.peal.auth.ApiKeyFile;
import dev.peal.auth.ApiScope;
import dev.peal.auth.RoomGlobs;
import dev.peal.chat.ChatApp;
import dev.peal.server.config.Config;
import dev.peal.server.config.Setting;
import dev.peal.testkit.sse.EventStreamClient;
import dev.peal.time.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server in this process for clients without a WebSocket, and what they do. */
final class FallbackServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long PATIENCE_SECONDS = 60;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;
    private final PealServer server;
    private final String key;

    /** An answer: what a client looks at. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("none");
        }

        /** {@code 400 bad_room}: of a problem, or of an error message. */
        String problem() {
            JsonNode code = json().path("code");
            return status() + " " + (code.isString() ? code : json().at("/data/code")).asString("");
        }

        /** The type of a reply, or of each message of an array. */
        List<String> types() {
            return json().valueStream()
                    .map(message -> message.path("type").asString())
                    .toList();
        }

        /** What was said, of an array of messages. */
        List<String> texts() {
            return json().valueStream()
                    .map(message -> message.at("/data/message").asString())
                    .toList();
        }
    }

    private FallbackServer(Path data, PealServer server, String key) {
        this.data = data;
        this.server = server;
        this.key = key;
    }

    /** With many connections and reads from this one machine allowed; {@code settings} are names and values in turn. */
    static FallbackServer start(Path data, String... settings) {
        return start(data, List.of(new ChatApp()), settings);
    }

    /** With these applications in place of the chat. */
    static FallbackServer start(Path data, List<App> apps, String... settings) {
        PealServer.Builder builder = PealServer.builder()
                .withoutChat()
                .set("server.port", "0")
                .set("server.data", data.toString())
                .set("limits.connectionsPerAddress", "10000")
                .set("limits.readsPerAddress", "unlimited")
                .set("rate.message", "unlimited")
                .set("rate.default", "unlimited")
                .set("rate.join_room", "unlimited")
                .set("rate.leave_room", "unlimited");
        apps.forEach(builder::app);
        for (int i = 0; i < settings.length; i += 2) {
            builder.set(settings[i], settings[i + 1]);
        }
        ApiKey.Made key = ApiKey.make("test", EnumSet.allOf(ApiScope.class), 0);
        try {
            Files.createDirectories(data);
            ApiKeyFile.in(data).change(keys -> List.of(key.key()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new FallbackServer(data, builder.start(), key.text());
    }

    PealServer server() {
        return server;
    }

    HttpClient http() {
        return http;
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    /** A header that says who asks. */
    String[] as(String user) {
        return new String[] {"Authorization", "Bearer " + token(user)};
    }

    /** The same with more headers. */
    String[] as(String user, String... more) {
        String[] all = new String[more.length + 2];
        System.arraycopy(as(user), 0, all, 0, 2);
        System.arraycopy(more, 0, all, 2, more.length);
        return all;
    }

    String token(String user) {
        return token(user, RoomGlobs.ALL, 60_000);
    }

    String token(String user, RoomGlobs rooms, long lifeMillis) {
        Config config = Config.of(Map.of("server.data", new Setting(data.toString(), "test")));
        return Accounts.minter(config, data, Clock.SYSTEM).mint(user, Optional.empty(), lifeMillis, rooms);
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    CompletableFuture<Answer> getLater(String path, String... headers) {
        return http.sendAsync(request(path, headers).GET().build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(Answer::new);
    }

    Answer post(String path, String body, String... headers) {
        return send(postRequest(path, body, headers));
    }

    /** Sends a message. */
    Answer say(String message, String... headers) {
        return post("/api/messages", message, headers);
    }

    HttpRequest postRequest(String path, String body, String... headers) {
        return request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    EventStreamClient stream(String query, String... headers) {
        return EventStreamClient.open(http, uri("/events" + query), headers);
    }

    WsClient webSocket(String user) {
        return webSocket(user, "/chat");
    }

    WsClient webSocket(String user, String path) {
        WsClient client = WsClient.connect(URI.create("ws://localhost:" + server.port() + path));
        client.send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + token(user) + "\"}}");
        client.await("authenticated");
        return client;
    }

    /** What answers with a stream, where it was to refuse, has no end of itself. */
    Answer send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .thenApply(Answer::new)
                .join();
    }

    /** The server's own program. */
    ApiClient program() {
        return new ApiClient(server.port(), key);
    }

    /** Polls that wait now, asked on a connection of its own. */
    int waitingPolls() {
        try (HttpClient other = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri("/metrics")).build();
            String figures =
                    other.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return (int) Double.parseDouble(figures.replaceAll("(?s).*\\npeal_polls_waiting ([0-9.]+).*", "$1"));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static String message(String room, String text) {
        return "{\"type\":\"message\",\"data\":{\"roomId\":\"" + room + "\",\"message\":\"" + text + "\"}}";
    }

    static String join(String room) {
        return "{\"type\":\"join_room\",\"data\":{\"roomId\":\"" + room + "\"}}";
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
