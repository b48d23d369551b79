package dev.peal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page of another origin may do with {@code fetch}. */
final class CrossOriginTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String LISTED = "https://app.example.org";

    @TempDir
    private Path folder;

    private PealServer server;

    @BeforeEach
    void start() {
        server = PealServer.builder()
                .set("server.port", "0")
                .set("server.transport", "nio")
                .set("server.data", folder.resolve("data").toString())
                .set("http.allowedOrigins", "same-origin," + LISTED)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> send(String method, String path, String origin)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .header("Origin", origin)
                        .header("Content-Type", "application/json")
                        .header("Access-Control-Request-Method", "POST")
                        .method(
                                method,
                                HttpRequest.BodyPublishers.ofString(
                                        method.equals("POST") ? "{\"userName\":\"A\"}" : ""))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String allowed(HttpHeaders headers) {
        return headers.firstValue("Access-Control-Allow-Origin").orElse("none");
    }

    @Test
    void aListedOriginMayReadAGuestsToken() throws IOException, InterruptedException {
        HttpResponse<String> asked = send("OPTIONS", "/api/guest", LISTED);
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(allowed(asked.headers())).isEqualTo(LISTED);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Methods")).contains("POST");
        assertThat(asked.headers().firstValue("Vary")).contains("Origin");
        HttpResponse<String> answer = send("POST", "/api/guest", LISTED);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(allowed(answer.headers())).isEqualTo(LISTED);
        assertThat(answer.headers().firstValue("Vary")).contains("Origin");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void anyOtherOriginMayNot() throws IOException, InterruptedException {
        for (String origin : new String[] {"https://evil.example.org", "null", LISTED + ".evil.org", LISTED + ":444"}) {
            HttpResponse<String> asked = send("OPTIONS", "/api/guest", origin);
            assertThat(allowed(asked.headers())).as(origin).isEqualTo("none");
            assertThat(asked.headers().firstValue("Access-Control-Allow-Methods"))
                    .isEmpty();
            assertThat(asked.headers().firstValue("Vary")).contains("Origin");
            assertThat(send("POST", "/api/guest", origin).statusCode()).isEqualTo(403);
        }
    }

    /** Keys do not belong into browsers. */
    @Test
    void theServerApiIsForNoPageAtAll() throws IOException, InterruptedException {
        for (String path : new String[] {"/api/v1/broadcast", "/api/v1/users/ann/revoke", "/api/v1/stats"}) {
            HttpResponse<String> asked = send("OPTIONS", path, LISTED);
            assertThat(asked.statusCode()).isEqualTo(405);
            assertThat(allowed(asked.headers())).isEqualTo("none");
            assertThat(allowed(send("GET", path, LISTED).headers())).isEqualTo("none");
        }
    }
}
