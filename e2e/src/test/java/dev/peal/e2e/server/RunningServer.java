package dev.peal.e2e.server;

import dev.peal.e2e.websocket.WireClient;
import dev.peal.server.PealServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A server on a free port with limits that a test can fill, and the few things that tests say to it. */
final class RunningServer implements AutoCloseable {
    static final int TEXT_FRAME = 0x80 | WireClient.TEXT;

    private final PealServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningServer(PealServer server) {
        this.server = server;
    }

    static RunningServer open(Path data) {
        return new RunningServer(builder(data).set("auth.mode", "open").start());
    }

    static RunningServer withTokens(Path data) {
        return new RunningServer(builder(data).start());
    }

    private static PealServer.Builder builder(Path data) {
        return PealServer.builder()
                .set("server.port", "0")
                .set("server.data", data.toString())
                .set("limits.connectionsPerAddress", "10000")
                .set("limits.readsPerAddress", "unlimited")
                .set("heartbeat.interval", "10m") // these clients do not answer pings
                .set("rate.message", "1000000/1s")
                .set("rate.join_room", "1000000/1s");
    }

    int port() {
        return server.port();
    }

    WireClient connect() throws IOException {
        return WireClient.connect(server.port(), "");
    }

    /** A member of a room; what came before its own {@code joined} is read. */
    WireClient member(String room) throws IOException {
        WireClient client = connect();
        client.send(TEXT_FRAME, "{\"type\":\"join_room\",\"id\":\"j\",\"data\":{\"roomId\":\"" + room + "\"}}");
        nextOf(client, "joined");
        return client;
    }

    /** The next frame of a type, past all others. */
    static String nextOf(WireClient client, String type) throws IOException {
        String wanted = "{\"type\":\"" + type + "\"";
        for (Optional<WireClient.Frame> frame = client.read(); frame.isPresent(); frame = client.read()) {
            if (frame.get().opcode() == WireClient.CLOSE) {
                throw new IOException("closed with " + frame.get().closeCode() + " before a " + type);
            }
            String text = new String(frame.get().payload(), StandardCharsets.UTF_8);
            if (text.startsWith(wanted)) {
                return text;
            }
        }
        throw new IOException("ended before a " + type);
    }

    String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    HttpResponse<String> renewGuest(String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/api/guest"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
    }
}
