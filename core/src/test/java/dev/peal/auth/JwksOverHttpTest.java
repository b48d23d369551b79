package dev.peal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.peal.auth.AuthResult.Authenticated;
import dev.peal.auth.AuthResult.Refused;
import dev.peal.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JwksOverHttpTest {
    private static final int BYTES_MAX = 10_000;

    private final Issuer issuer = new Issuer("far", 2);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/keys", exchange -> answer(exchange, 200, issuer.document()));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/keys");
            answer(exchange, 302, "");
        });
        server.createContext("/broken", exchange -> answer(exchange, 500, issuer.document()));
        server.createContext("/longest", exchange -> answer(exchange, 200, " ".repeat(BYTES_MAX)));
        server.createContext("/longer", exchange -> answer(exchange, 200, " ".repeat(BYTES_MAX + 1)));
        server.createContext("/endless", JwksOverHttpTest::dribble);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aLoginWaitsForTheKeysAndGetsThem() throws Exception {
        try (var keys = JwksKeys.open(options("/keys", 5000), Clock.SYSTEM)) {
            assertThat(login(keys)).isInstanceOf(Authenticated.class);
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (var keys = JwksKeys.open(options("/moved", 5000), Clock.SYSTEM)) {
            assertThat(login(keys)).isEqualTo(new Refused(RefusalReason.KEYS_UNAVAILABLE));
        }
        assertThatThrownBy(fetch("/moved", 5000)::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("302");
    }

    @Test
    void anErrorsBodyIsNotBelieved() {
        assertThatThrownBy(fetch("/broken", 5000)::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("500");
    }

    @Test
    void anAnswerMayBeSoLongAndNotOneByteLonger() throws Exception {
        assertThat(fetch("/longest", 5000).fetch()).hasSize(BYTES_MAX);
        assertThatThrownBy(fetch("/longer", 5000)::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer");
    }

    @Test
    void anAnswerThatTricklesIsGivenUp() {
        assertThatThrownBy(fetch("/endless", 200)::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("200 ms");
    }

    private AuthResult login(JwksKeys keys) throws Exception {
        var verifier = new TokenVerifier(List.of(new TrustedIssuer("far", "peal", keys)), Clock.SYSTEM);
        var result = new CompletableFuture<AuthResult>();
        verifier.verify(issuer.token(System.currentTimeMillis()), result::complete);
        return result.get(20, TimeUnit.SECONDS);
    }

    private JwksFetch fetch(String path, long timeoutMillis) {
        return JwksFetch.http(options(path, timeoutMillis), threads);
    }

    private JwksOptions options(String path, long timeoutMillis) {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new JwksOptions(url, TokenAlgorithm.ES256, 300_000, 60_000, timeoutMillis, BYTES_MAX, 10);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Sends the head and one byte, and then nothing, until the client is gone or the server stops. */
    private static void dribble(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
    }
}
