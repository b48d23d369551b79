package dev.peal.e2e.server;

import static dev.peal.e2e.server.RunningServer.TEXT_FRAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.e2e.websocket.WireClient;
import dev.peal.server.Main;
import dev.peal.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PROMISES 27 at the endpoints and 29: forged tokens open nothing, and no token is ever seen again. 100 connects of each transport here, 1,000 nightly. */
class SecretsTest {
    private static final int CONNECTS = Boolean.getBoolean("peal.nightly") ? 1_000 : 100;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CANARY = "CANARYcanary0123456789";

    private static Process run(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static String mint(Path folder, Path data) throws IOException, InterruptedException {
        return mint(folder, data, "ann");
    }

    static String mint(Path folder, Path data, String user) throws IOException, InterruptedException {
        return printed(folder, "token", "--user", user, "--data=" + data);
    }

    private static String printed(Path folder, String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("printed.out");
        assertThat(run(output, command).waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output).strip();
    }

    /** Ways in which a token can be wrong, made from a good one. */
    private static List<String> forged(String good) {
        String[] parts = good.split("\\.");
        List<String> all = new ArrayList<>();
        for (String alg : List.of("none", "None", "NONE", "nOnE", "HS384", "HS512", "RS256", "ES256", "EdDSA", "")) {
            String header = base64("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}");
            all.add(header + "." + parts[1] + "." + parts[2]);
            all.add(header + "." + parts[1] + ".");
        }
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        all.add(parts[0] + "." + base64(payload.replace("\"ann\"", "\"bob\"")) + "." + parts[2]);
        for (int i = 0; i < parts[2].length() - 1; i += 4) {
            char other = parts[2].charAt(i) == 'A' ? 'B' : 'A';
            all.add(parts[0] + "." + parts[1] + "." + parts[2].substring(0, i) + other + parts[2].substring(i + 1));
        }
        all.addAll(List.of("", CANARY, good + ".", "." + good, parts[0] + "." + parts[1], good.replace('.', ' ')));
        return all;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void forgedTokensOpenNothing(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        String good = mint(folder, data);
        try (RunningServer server = RunningServer.withTokens(data)) {
            assertThat(answer(server.connect(), good)).contains("\"authenticated\"");
            List<String> all = forged(good);
            assertThat(all).hasSizeGreaterThan(30);
            for (String token : all) {
                assertThat(answer(server.connect(), token)).as(token).isIn("close 1008", "error");
                if (token.chars().noneMatch(Character::isWhitespace) && !token.isEmpty()) {
                    assertThat(server.renewGuest(token).statusCode()).as(token).isEqualTo(401);
                    for (HttpRequest request : withoutWebSocket(server.port(), token)) {
                        assertThat(statusOf(request)).as(request + " " + token).isEqualTo(401);
                    }
                }
            }
            assertThat(server.renewGuest(good).statusCode())
                    .as("a user's token renews no guest")
                    .isEqualTo(401);
        }
    }

    /** Every way in without a WebSocket, with a token. */
    private static List<HttpRequest> withoutWebSocket(int port, String token) {
        String base = "http://localhost:" + port;
        List<HttpRequest> requests = new ArrayList<>();
        for (String path :
                List.of("/events?room=a", "/api/messages?room=a", "/api/messages?room=a&wait=60&since=e:1")) {
            requests.add(HttpRequest.newBuilder(URI.create(base + path))
                    .header("Authorization", "Bearer " + token)
                    .build());
        }
        for (String path : List.of("/api/ticket", "/api/messages")) {
            requests.add(HttpRequest.newBuilder(URI.create(base + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"type\":\"message\",\"data\":{\"roomId\":\"a\",\"message\":\"x\"}}"))
                    .build());
        }
        return requests;
    }

    private static int statusOf(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();
        return response.statusCode();
    }

    private static String answer(WireClient client, String token) throws IOException {
        try (client) {
            client.send(TEXT_FRAME, "{\"type\":\"authenticate\",\"data\":{\"token\":\"" + token + "\"}}");
            Optional<WireClient.Frame> frame = client.read();
            if (frame.isEmpty()) {
                return "end";
            }
            if (frame.get().opcode() == WireClient.CLOSE) {
                return "close " + frame.get().closeCode();
            }
            String text = new String(frame.get().payload(), StandardCharsets.UTF_8);
            return text.startsWith("{\"type\":\"error\"") ? "error" : text;
        }
    }

    @Test
    void noTokenIsSeenInLogsMetricsOrAnswers(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        String good = mint(folder, data);
        Path log = folder.resolve("server.log");
        Process server = run(
                log,
                "serve",
                "--port=0",
                "--data=" + data,
                "--limits.connectionsPerAddress=10000",
                "--limits.readsPerAddress=unlimited");
        try {
            Await.until("the server listens", () -> lines(log).contains("Peal is at http://localhost:"));
            int port = Integer.parseInt(lines(log).replaceAll("(?s).*Peal is at http://localhost:(\\d+).*", "$1"));
            List<String> secrets = List.of(good, good.split("\\.")[2], CANARY);
            StringBuilder answers = new StringBuilder();
            for (int i = 0; i < CONNECTS; i++) {
                answers.append(answer(WireClient.connect(port, ""), i % 2 == 0 ? good : CANARY + i));
            }
            HttpClient http = HttpClient.newHttpClient();
            answers.append(ticketsAndStreams(port, good));
            for (String path : List.of("/api/guest", "/metrics", "/health/ready", "/nowhere")) {
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Authorization", "Bearer " + CANARY);
                if (path.equals("/api/guest")) {
                    request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}"));
                }
                answers.append(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .body());
            }
            server.toHandle().destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            for (String secret : secrets) {
                assertThat(answers).doesNotContain(secret);
                assertThat(lines(log)).doesNotContain(secret);
            }
        } finally {
            server.destroyForcibly();
        }
    }

    /** Connects without a WebSocket, by right tokens and wrong ones, by tickets and by what is none; what was answered. */
    private static String ticketsAndStreams(int port, String good) throws IOException, InterruptedException {
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < CONNECTS; i++) {
            String token = i % 2 == 0 ? good : CANARY + i;
            for (HttpRequest request : withoutWebSocket(port, token)) {
                boolean waits = request.uri().getQuery() != null
                        && request.uri().getQuery().contains("room");
                if (i < 4 || !waits) {
                    answers.append(headOf(request));
                }
            }
            answers.append(headOf(HttpRequest.newBuilder(
                            URI.create("http://localhost:" + port + "/events?ticket=" + CANARY + "&token=" + CANARY))
                    .build()));
        }
        return answers.toString();
    }

    /** A response's head, and of its body what there is, if it is no stream. */
    private static String headOf(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            boolean stream =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
            return response.headers().map() + (stream ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** A good key, a wrong one and one in the address, with good requests and bad ones; the data folder too holds no more than a hash. */
    @Test
    void noApiKeyIsSeenInLogsMetricsAnswersOrFiles(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        String good = printed(folder, "api-key", "create", "--scope", "publish,read,admin", "--data=" + data);
        String wrong = "pk_" + "c".repeat(12) + "_" + (CANARY + "x".repeat(43)).substring(0, 43);
        Path log = folder.resolve("server.log");
        Process server = run(log, "serve", "--port=0", "--data=" + data);
        try {
            Await.until("the server listens", () -> lines(log).contains("Peal is at http://localhost:"));
            int port = Integer.parseInt(lines(log).replaceAll("(?s).*Peal is at http://localhost:(\\d+).*", "$1"));
            HttpClient http = HttpClient.newHttpClient();
            StringBuilder answers = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                String key = i % 3 == 0 ? good : wrong;
                String path = List.of("/api/v1/stats", "/api/v1/rooms?key=" + key, "/api/v1/connections")
                        .get(i % 7 % 3);
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
                if (i % 5 != 0) {
                    request.header("Authorization", i % 4 == 0 ? key : "Bearer " + key);
                }
                if (i % 2 == 0) {
                    request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{"));
                }
                HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                answers.append(answer.headers().map()).append(answer.body());
            }
            HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                    .build();
            answers.append(
                    http.send(metrics, HttpResponse.BodyHandlers.ofString()).body());
            assertThat(answers).contains("peal_api_refused_total{reason=\"wrong_key\"}", "key_in_query");
            server.toHandle().destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            for (String secret : List.of(good.substring(16), wrong.substring(16), CANARY)) {
                assertThat(answers).doesNotContain(secret);
                assertThat(lines(log)).doesNotContain(secret);
                try (var files = Files.walk(data)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                                .as(file.toString())
                                .doesNotContain(secret);
                    }
                }
            }
        } finally {
            server.destroyForcibly();
        }
    }

    private static String lines(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return String.join("\n", reader.lines().toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
