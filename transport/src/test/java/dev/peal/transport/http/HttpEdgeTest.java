package dev.peal.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.transport.PeerCheck;
import dev.peal.websocket.SiteRules;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of the HTTP edge sees, through a real socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpEdgeTest {
    private static final String HOST = "Host: localhost\r\n";

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(new HttpConfig(
                new SiteRules(
                        List.of("chat.example.org", "other.example.org:8443"),
                        List.of(SiteRules.SAME_ORIGIN, "https://app.example.org")),
                List.of(),
                false,
                HttpLimits.DEFAULT,
                PeerCheck.DEFAULT));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String ask(String head) throws IOException {
        try (RawClient client = server.client()) {
            return client.send(head + "\r\n").response();
        }
    }

    @Test
    void answersManyRequestsOnOneConnectionInOrder() throws IOException {
        try (RawClient client = server.client()) {
            client.send(("GET /hello HTTP/1.1\r\n" + HOST + "\r\n").repeat(50));
            for (int i = 0; i < 50; i++) {
                assertThat(client.response()).startsWith("HTTP/1.1 200 OK").endsWith("{\"hello\":\"you\"}");
            }
        }
    }

    @Test
    void aSlowAnswerIsNotOvertakenByTheNext() throws IOException {
        try (RawClient client = server.client()) {
            client.send("GET /slow HTTP/1.1\r\n" + HOST + "\r\nGET /hello HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(client.silentFor(50)).isTrue();
            server.slow.complete(Response.json(200, "\"slow\""));
            assertThat(client.response()).endsWith("\"slow\"");
            assertThat(client.response()).endsWith("{\"hello\":\"you\"}");
        }
    }

    @Test
    void headIsGetWithoutTheBody() throws IOException {
        try (RawClient client = server.client()) {
            String head =
                    client.send("HEAD /hello HTTP/1.1\r\n" + HOST + "\r\n").head();
            assertThat(RawClient.header(head, "Content-Length")).isEqualTo("15");
            assertThat(client.send("GET /hello HTTP/1.1\r\n" + HOST + "\r\n").response())
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void http10IsAnsweredAndClosed() throws IOException {
        try (RawClient client = server.client()) {
            assertThat(client.send("GET /hello HTTP/1.0\r\n" + HOST + "\r\n").untilClosed())
                    .startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @CsvSource({"/nothing,404", "/hello/,404", "//hello,404", "/HELLO,404", "/%68ello,404", "/../hello,404", "/chat,426"
    })
    void pathsMatchExactly(String path, int status) throws IOException {
        assertThat(RawClient.status(ask("GET " + path + " HTTP/1.1\r\n" + HOST)))
                .isEqualTo(status);
    }

    @Test
    void anotherMethodIsToldWhichThereAre() throws IOException {
        String answer = ask("DELETE /hello HTTP/1.1\r\n" + HOST);
        assertThat(RawClient.status(answer)).isEqualTo(405);
        assertThat(RawClient.header(answer, "Allow")).isEqualTo("GET, HEAD");
        assertThat(RawClient.header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer)
                .endsWith("{\"title\":\"Method Not Allowed\",\"status\":405,\"code\":\"method_not_allowed\","
                        + "\"detail\":\"That path has other methods.\"}");
    }

    @Test
    void aFailureTellsNothing() throws IOException {
        String answer = ask("GET /broken HTTP/1.1\r\n" + HOST);
        assertThat(RawClient.status(answer)).isEqualTo(500);
        assertThat(answer).doesNotContain("secret", "Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:1",
                "127.0.0.1",
                "127.0.0.1:8080",
                "[::1]",
                "[::1]:8080",
                "chat.example.org",
                "Chat.Example.Org:99",
                "other.example.org:8443"
            })
    void answersToItsNames(String host) throws IOException {
        assertThat(RawClient.status(ask("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evil.localhost",
                "localhost.",
                "localhost:",
                "localhost:x",
                "localhost:123456",
                "127.0.0.2",
                "127.1",
                "2130706433",
                "0.0.0.0",
                "[::]",
                "[::1",
                "::1",
                "",
                "localhost,evil.example",
                "user@localhost",
                "localhost/x",
                "other.example.org",
                "other.example.org:8444",
                "xchat.example.org",
                "chat.example.org.",
                "[::ffff:127.0.0.1]",
                "loc\u00e4lhost"
            })
    void answersToNoOtherName(String host) throws IOException {
        assertThat(RawClient.status(ask("GET /hello HTTP/1.1\r\nHost: " + host + "\r\n")))
                .isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "https://app.example.org"})
    void knownOriginsMayPost(String origin) throws IOException {
        assertThat(RawClient.status(post("Origin: " + origin + "\r\nContent-Type: application/json\r\n", "{}")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://evil.example",
                "http://localhost.evil.example",
                "http://evil-localhost",
                "http://localhost:81",
                "https://localhost",
                "http://LOCALHOST",
                "HTTP://localhost",
                "http://localhost/",
                "http://localhost.",
                "http://localhost:80",
                "http://localhost@evil.example",
                "http://127.0.0.1",
                "http://[::1]",
                "localhost",
                "//localhost",
                "https://app.example.org:443",
                "https://app.example.org.",
                "https://APP.example.org",
                "https://app.example.org.evil.example",
                "https://xapp.example.org",
                "http://app.example.org",
                "https://app.example.org/",
                "https://xn--pp-eka.example.org",
                "https://\u00e4pp.example.org",
                "https://app.example.org, https://app.example.org",
                "file://",
                "chrome-extension://abc",
                "*",
                "http://localhost http://localhost"
            })
    void foreignOriginsMayNeitherPostNorOpenAWebSocket(String origin) throws IOException {
        String header = "Origin: " + origin + "\r\n";
        assertThat(RawClient.status(post(header + "Content-Type: application/json\r\n", "{}")))
                .isEqualTo(403);
        assertThat(RawClient.status(ask("GET /chat HTTP/1.1\r\n" + HOST + header
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n")))
                .isEqualTo(403);
    }

    @Test
    void twoOriginsAreForeign() throws IOException {
        String twice = "Origin: http://localhost\r\nOrigin: http://localhost\r\n";
        assertThat(RawClient.status(post(twice + "Content-Type: application/json\r\n", "{}")))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""})
    void jsonIsTaken(String type) throws IOException {
        assertThat(post("Content-Type: " + type + "\r\n", "{\"a\":1}")).endsWith("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/jsonx",
                "application/json, text/plain",
                "text/plain; application/json",
                "application/json; charset=latin1",
                ""
            })
    void whatIsNotJsonIsNotTaken(String type) throws IOException {
        assertThat(RawClient.status(post("Content-Type: " + type + "\r\n", "{}")))
                .isEqualTo(415);
    }

    @Test
    void aBodyWithoutATypeIsNotTaken() throws IOException {
        assertThat(RawClient.status(post("", "{}"))).isEqualTo(415);
    }

    @Test
    void aBodyHasALimit() throws IOException {
        int most = HttpLimits.DEFAULT.bodyBytes();
        assertThat(RawClient.status(post("Content-Type: application/json\r\n", "x".repeat(most))))
                .isEqualTo(200);
        assertThat(RawClient.status(post("Content-Type: application/json\r\n", "x".repeat(most + 1))))
                .isEqualTo(413);
        String chunk = Integer.toHexString(most) + "\r\n" + "x".repeat(most) + "\r\n1\r\nx\r\n0\r\n\r\n";
        try (RawClient client = server.client()) {
            client.send("POST /echo HTTP/1.1\r\n" + HOST
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
            assertThat(RawClient.status(client.untilClosed())).isEqualTo(413);
        }
    }

    @Test
    void aClientThatAsksBeforeItSendsIsTold() throws IOException {
        try (RawClient client = server.client()) {
            String head = "POST /echo HTTP/1.1\r\n" + HOST
                    + "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
            assertThat(client.send(head).head()).startsWith("HTTP/1.1 100 Continue");
            assertThat(client.send("{}").response()).startsWith("HTTP/1.1 200");
        }
        String other = "POST /echo HTTP/1.1\r\n" + HOST
                + "Content-Type: application/json\r\nExpect: miracles\r\nContent-Length: 0\r\n";
        assertThat(RawClient.status(ask(other))).isEqualTo(417);
    }

    @Test
    void headersHaveLimits() throws IOException {
        String line = "X-A: b\r\n";
        assertThat(RawClient.status(ask("GET /hello HTTP/1.1\r\n" + HOST + line.repeat(99))))
                .isEqualTo(200);
        assertThat(RawClient.status(ask("GET /hello HTTP/1.1\r\n" + HOST + line.repeat(100))))
                .isEqualTo(431);
        String start = "GET /hello HTTP/1.1\r\n" + HOST + "X-Long: ";
        int rest = HttpLimits.DEFAULT.headerBytes() - start.length() - 4;
        assertThat(RawClient.status(ask(start + "x".repeat(rest) + "\r\n"))).isEqualTo(200);
        assertThat(RawClient.status(ask(start + "x".repeat(rest + 1) + "\r\n"))).isEqualTo(431);
        assertThat(RawClient.status(ask(start + "x".repeat(200_000)))).isEqualTo(431);
        assertThat(RawClient.status(ask("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + HOST)))
                .isEqualTo(414);
        assertThat(RawClient.status(ask("GET /" + "x".repeat(200_000)))).isEqualTo(414);
    }

    @Test
    void aHeaderListOfManyWeightsIsCheapAndHarmless() throws IOException {
        String weights = "a;q=0.1,".repeat(900);
        assertThat(RawClient.status(
                        ask("GET /index.html HTTP/1.1\r\n" + HOST + "Accept-Encoding: " + weights + "\r\n")))
                .isEqualTo(200);
    }

    @Test
    void becomesAWebSocketWithOneHandlerAndLosesNoByte() throws IOException {
        String handshake = "GET /chat HTTP/1.1\r\n" + HOST
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n";
        try (RawClient client = server.client()) {
            String all = client.send(handshake + "first frame").untilClosed();
            assertThat(all).startsWith("HTTP/1.1 101 Switching Protocols\r\n");
            assertThat(all).contains("\r\n\r\nfirst frame|").doesNotContain("http");
            assertThat(all).containsPattern("\\|[^,]*Echo[^,]*,DefaultChannelPipeline\\$TailContext#0$");
        }
    }

    @Test
    void aHandshakeThatIsRefusedIsAnsweredAndClosed() throws IOException {
        try (RawClient client = server.client()) {
            String answer = client.send(
                            "GET / HTTP/1.1\r\n" + HOST + "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
                    .untilClosed();
            assertThat(RawClient.status(answer)).isEqualTo(400);
            assertThat(answer).contains("no_key");
        }
    }

    @Test
    void anOfferOfHttp2IsIgnored() throws IOException {
        assertThat(RawClient.status(
                        ask("GET / HTTP/1.1\r\n" + HOST + "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n")))
                .isEqualTo(200);
    }

    private String post(String headers, String body) throws IOException {
        try (RawClient client = server.client()) {
            return client.send("POST /echo HTTP/1.1\r\n" + HOST + headers + "Content-Length: " + body.length()
                            + "\r\n\r\n" + body)
                    .response();
        }
    }
}
