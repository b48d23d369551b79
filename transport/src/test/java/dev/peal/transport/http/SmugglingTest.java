package dev.peal.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that two readers could understand differently. Each is followed at once by a second, well-formed one: it must never be answered, since a
 * proxy might have taken it for the first one's body.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmugglingTest {
    private static final String NEXT = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String JSON = "Host: localhost\r\nContent-Type: application/json\r\n";

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(HttpConfig.LOCAL);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    record Attack(String name, String bytes, int status) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attack> attacks() {
        List<Attack> all = new ArrayList<>();
        lengths(all);
        codings(all);
        chunks(all);
        headerLines(all);
        requestLines(all);
        hosts(all);
        return all.stream();
    }

    private static void lengths(List<Attack> all) {
        for (String value : List.of(
                "+5",
                "-5",
                "0x5",
                "5 5",
                "5,5",
                "5, 5",
                "5;",
                "five",
                "",
                " ",
                "5.0",
                "1e1",
                "99999999999999999999",
                "٥",
                "5\u00a0")) {
            all.add(post("content length '" + value + "'", "Content-Length: " + value + "\r\n", "hello"));
        }
        all.add(post("two equal lengths", "Content-Length: 5\r\nContent-Length: 5\r\n", "hello"));
        all.add(post("two lengths", "Content-Length: 5\r\nContent-Length: 0\r\n", "hello"));
        all.add(post("two lengths in other case", "Content-Length: 5\r\ncontent-length: 6\r\n", "hello"));
        all.add(post("length with a coding", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
        all.add(post("coding with a length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"));
    }

    private static void codings(List<Attack> all) {
        for (String value : List.of(
                "identity",
                "gzip, chunked",
                "chunked, chunked",
                "chunked, identity",
                "xchunked",
                "chunked;q=1",
                "\"chunked\"",
                "chunked\u000b",
                "chunked,",
                ",chunked",
                "",
                "cow",
                "chunk ed")) {
            all.add(post("transfer coding '" + value + "'", "Transfer-Encoding: " + value + "\r\n", "0\r\n\r\n"));
        }
        all.add(post("two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
        all.add(post("coding, then another", "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow\r\n", "0\r\n\r\n"));
        all.add(post("coding with a space before the colon", "Transfer-Encoding : chunked\r\n", "0\r\n\r\n"));
        all.add(post("coding with a tab before the colon", "Transfer-Encoding\t: chunked\r\n", "0\r\n\r\n"));
        all.add(post("coding on a folded line", "Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"));
        all.add(post("coding after a bare CR", "X: y\rTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
        all.add(post("coding after a bare LF", "X: y\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
        all.add(post("coding after a NUL", "X: y\0Transfer-Encoding: chunked\r\n", "0\r\n\r\n"));
        all.add(new Attack(
                "coding in HTTP/1.0",
                "POST /echo HTTP/1.0\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                400));
    }

    private static void chunks(List<Attack> all) {
        for (String body : List.of(
                "5\r\nhello0\r\n\r\n",
                "5\r\nhellox\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhello\r\n0\n\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "-1\r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "\r\n5\r\nhello\r\n0\r\n\r\n",
                "5;a\nb\r\nhello\r\n0\r\n\r\n",
                "5;a\rb\r\nhello\r\n0\r\n\r\n",
                "FFFFFFFFFFFFFFFF5\r\nhello\r\n0\r\n\r\n",
                "80000000\r\nhello",
                "zz\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\r\nX : y\r\n\r\n",
                "5\r\nhello\r\n0\r\nX: y\n\n")) {
            all.add(post(
                    "chunks " + body.replace("\r", "\\r").replace("\n", "\\n"),
                    "Transfer-Encoding: chunked\r\n",
                    body));
        }
    }

    private static void headerLines(List<Attack> all) {
        for (String line : List.of(
                "X : y",
                "X\t: y",
                " X: y",
                "\tX: y",
                ": y",
                "X",
                "X y",
                "X\u007f: y",
                "X: \u0000",
                "X: \u0001",
                "X: a\u000bb",
                "X: a\u007fb",
                "X(: y",
                "X@y: z",
                "X\u00e9: y",
                "\"X\": y",
                "X: y\r\n folded",
                "X: y\r\n\tfolded",
                "X: y\rZ: w",
                "X: y\nZ: w",
                "X: y\r\r",
                "\r",
                "Content-Length\u0000: 0")) {
            all.add(get(
                    "header line " + printable(line),
                    "GET /hello HTTP/1.1\r\nHost: localhost\r\n" + line + "\r\n\r\n"));
        }
        all.add(get("folded first line", "GET /hello HTTP/1.1\r\n Host: localhost\r\n\r\n"));
        all.add(get("all lines end in LF", "GET /hello HTTP/1.1\nHost: localhost\n\n"));
        all.add(get("empty line is a bare LF", "GET /hello HTTP/1.1\r\nHost: localhost\r\n\n"));
    }

    private static void requestLines(List<Attack> all) {
        for (String line : List.of(
                "GET  /hello HTTP/1.1",
                "GET /hello  HTTP/1.1",
                " GET /hello HTTP/1.1",
                "GET\t/hello HTTP/1.1",
                "GET /hello\tHTTP/1.1",
                "GET /hello HTTP/1.1 ",
                "GET /hello",
                "GET /hello HTTP/1",
                "GET /hello HTTP/1.1.1",
                "GET /hello http/1.1",
                "GET /hello HTTP/01.1",
                "GET /hello HTTP/1.1x",
                "GET /hel\u0000lo HTTP/1.1",
                "GET /hel\rlo HTTP/1.1",
                "GET /hel\u00e9lo HTTP/1.1",
                "GET hello HTTP/1.1",
                "GET http://localhost/hello HTTP/1.1",
                "GET * HTTP/1.1",
                "CONNECT localhost:80 HTTP/1.1",
                "GET /a b HTTP/1.1",
                "GET /a#b HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /% HTTP/1.1",
                "GET /a\\b HTTP/1.1",
                "G(T /hello HTTP/1.1",
                "GETGETGETGETGETGETGETGET /hello HTTP/1.1",
                "\0GET /hello HTTP/1.1",
                "\r\n\r\nGET /hello HTTP/1.1",
                "\nGET /hello HTTP/1.1")) {
            all.add(get("request line " + printable(line), line + "\r\nHost: localhost\r\n\r\n"));
        }
        all.add(new Attack("HTTP/2.0", "GET /hello HTTP/2.0\r\nHost: localhost\r\n\r\n", 505));
        all.add(new Attack("h2 with prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400));
        all.add(new Attack("not HTTP at all", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n", 400));
    }

    private static void hosts(List<Attack> all) {
        all.add(get("no host", "GET /hello HTTP/1.1\r\nAccept: */*\r\n\r\n"));
        all.add(get("no header at all", "GET /hello HTTP/1.1\r\n\r\n"));
        all.add(get("two hosts", "GET /hello HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"));
        all.add(get("two hosts that differ", "GET /hello HTTP/1.1\r\nHost: localhost\r\nhost: evil.example\r\n\r\n"));
    }

    private static Attack post(String name, String framing, String body) {
        return new Attack(name, "POST /echo HTTP/1.1\r\n" + JSON + framing + "\r\n" + body, 400);
    }

    private static Attack get(String name, String bytes) {
        return new Attack(name, bytes, 400);
    }

    private static String printable(String line) {
        return line.replace("\r", "\\r").replace("\n", "\\n").replaceAll("\\p{Cntrl}", "^");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefusedAndTheConnectionClosed(Attack attack) throws IOException {
        server.seen.clear();
        try (RawClient client = server.client()) {
            String all = client.send(attack.bytes() + NEXT).untilClosed();
            assertThat(RawClient.status(all)).as(all).isEqualTo(attack.status());
            assertThat(all.split("HTTP/1\\.1 ", -1))
                    .as("one answer alone: %s", all)
                    .hasSize(2);
        }
        assertThat(server.seen).noneMatch(request -> request.path().equals("/smuggled"));
    }

    /** The same, a byte in each packet: the verdict depends on the bytes, never on how they were cut. */
    @ParameterizedTest
    @MethodSource("attacks")
    void isRefusedByteByByte(Attack attack) throws IOException {
        server.seen.clear();
        try (RawClient client = server.client()) {
            for (byte b : (attack.bytes() + NEXT).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)) {
                client.send(new byte[] {b});
            }
            assertThat(RawClient.status(client.untilClosed())).isEqualTo(attack.status());
        }
        assertThat(server.seen).noneMatch(request -> request.path().equals("/smuggled"));
    }

    @Test
    void thereAreMoreThanSixtyOfThem() {
        assertThat(attacks()).hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void goodChunksAreReadAndTheNextRequestIsAnswered() throws IOException {
        try (RawClient client = server.client()) {
            String request = "POST /echo HTTP/1.1\r\n" + JSON + "Transfer-Encoding: Chunked\r\n\r\n"
                    + "5\r\n{\"a\":\r\n3;ext=1\r\n1}\n\r\n0\r\nX-Trailer: dropped\r\n\r\n";
            String first = client.send(request + NEXT).response();
            assertThat(first).endsWith("{\"a\":1}\n");
            assertThat(client.response()).endsWith("{\"smuggled\":true}");
        }
    }
}
