package dev.peal.websocket;

import static dev.peal.websocket.HandshakeFailure.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class HandshakeTest {
    private static final List<String> GOOD = List.of(
            "Host: localhost:8080",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13");

    @Test
    void answersTheExampleOfTheRfc() { // RFC 6455, section 1.3
        HandshakeResult result = answer("GET", "HTTP/1.1", "/chat", GOOD);
        assertThat(result)
                .isEqualTo(new HandshakeResult.Accepted(
                        List.of(
                                Map.entry("Upgrade", "websocket"),
                                Map.entry("Connection", "Upgrade"),
                                Map.entry("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")),
                        Optional.empty()));
    }

    @Test
    void namesTheVersionThatWorks() {
        var rejected = (HandshakeResult.Rejected) answer("GET", "HTTP/1.1", "/", with("Sec-WebSocket-Version: 8"));
        assertThat(rejected.status()).isEqualTo(426);
        assertThat(rejected.headers())
                .contains(Map.entry("Sec-WebSocket-Version", "13"), Map.entry("Upgrade", "websocket"));
    }

    @Test
    void namesTheMethodThatWorks() {
        var rejected = (HandshakeResult.Rejected) answer("POST", "HTTP/1.1", "/", GOOD);
        assertThat(rejected.headers()).contains(Map.entry("Allow", "GET"));
    }

    static Stream<List<String>> acceptable() {
        return Stream.of(
                GOOD,
                with("Connection: keep-alive, Upgrade"),
                with("Connection: ,keep-alive,\tUPGRADE ,"),
                plus("Connection: keep-alive"),
                with("Upgrade: WebSocket"),
                with("Host: 127.0.0.1"),
                with("Host: [::1]:9000"),
                with("Host: LOCALHOST:8080"),
                with("Host: chat.example.com"),
                with("Host: chat.example.com:444"),
                plus("Origin: http://localhost:8080"),
                plus("Sec-WebSocket-Protocol: chat, superchat"),
                plus("Content-Length: 0"),
                plus("Sec-WebSocket-Extensions: x-unknown; a=b"),
                plus("Sec-WebSocket-Extensions: "),
                with("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="));
    }

    @ParameterizedTest
    @MethodSource("acceptable")
    void accepts(List<String> headers) {
        assertThat(answer("GET", "HTTP/1.1", "/", headers)).isInstanceOf(HandshakeResult.Accepted.class);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(HOST_MALFORMED, 400, without("Host")),
                Arguments.of(HOST_MALFORMED, 400, plus("Host: localhost:8080")),
                Arguments.of(HOST_MALFORMED, 400, with("Host: ")),
                Arguments.of(HOST_UNKNOWN, 421, with("Host: evil.example")),
                Arguments.of(HOST_UNKNOWN, 421, with("Host: localhost.evil.example")),
                Arguments.of(HOST_UNKNOWN, 421, with("Host: localhost.")),
                Arguments.of(HOST_UNKNOWN, 421, with("Host: localhost:99999")),
                Arguments.of(HOST_UNKNOWN, 421, with("Host: user@localhost")),
                Arguments.of(HOST_UNKNOWN, 421, with("Host: localhost, evil.example")),
                Arguments.of(HOST_UNKNOWN, 421, with("Host: 127.1")),
                Arguments.of(UPGRADE_MISSING, 426, without("Upgrade")),
                Arguments.of(UPGRADE, 400, plus("Upgrade: websocket")),
                Arguments.of(UPGRADE, 400, with("Upgrade: h2c")),
                Arguments.of(UPGRADE, 400, with("Upgrade: websocket, h2c")),
                Arguments.of(CONNECTION, 400, without("Connection")),
                Arguments.of(CONNECTION, 400, with("Connection: close")),
                Arguments.of(CONNECTION, 400, with("Connection: upgraded")),
                Arguments.of(VERSION, 426, without("Sec-WebSocket-Version")),
                Arguments.of(VERSION, 426, with("Sec-WebSocket-Version: 0")),
                Arguments.of(VERSION, 426, with("Sec-WebSocket-Version: 7")),
                Arguments.of(VERSION, 426, with("Sec-WebSocket-Version: 8")),
                Arguments.of(VERSION, 426, with("Sec-WebSocket-Version: 14")),
                Arguments.of(VERSION, 426, with("Sec-WebSocket-Version: 013")),
                Arguments.of(VERSION, 426, with("Sec-WebSocket-Version: 13, 8")),
                Arguments.of(VERSION_REPEATED, 400, plus("Sec-WebSocket-Version: 13")),
                Arguments.of(VERSION, 426, hixie()),
                Arguments.of(KEY, 400, without("Sec-WebSocket-Key")),
                Arguments.of(KEY, 400, plus("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")),
                Arguments.of(KEY, 400, with("Sec-WebSocket-Key: ")),
                Arguments.of(KEY, 400, with("Sec-WebSocket-Key: YQ==")),
                Arguments.of(KEY, 400, with("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ")),
                Arguments.of(KEY, 400, with("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSE=")),
                Arguments.of(KEY, 400, with("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j*A==")),
                Arguments.of(KEY, 400, with("Sec-WebSocket-Key: \u00e4GhlIHNhbXBsZSBub25jZQ==")),
                Arguments.of(ORIGIN, 403, plus("Origin: https://localhost:8080")),
                Arguments.of(ORIGIN, 403, plus("Origin: http://evil.example")),
                Arguments.of(ORIGIN, 403, plus("Origin: null")),
                Arguments.of(ORIGIN, 403, plus("Origin: http://localhost:8080", "Origin: http://localhost:8080")),
                Arguments.of(EXTENSIONS, 400, plus("Sec-WebSocket-Extensions: permessage-deflate;")),
                Arguments.of(EXTENSIONS, 400, plus("Sec-WebSocket-Extensions: a=b")),
                Arguments.of(BODY, 400, plus("Content-Length: 5")),
                Arguments.of(BODY, 400, plus("Transfer-Encoding: chunked")));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void rejects(HandshakeFailure failure, int status, List<String> headers) {
        assertRejected(failure, status, answer("GET", "HTTP/1.1", "/", headers));
    }

    @Test
    void rejectsEveryOtherRequestLine() {
        for (String method : List.of("POST", "HEAD", "get", "CONNECT", "")) {
            assertRejected(METHOD, 405, answer(method, "HTTP/1.1", "/", GOOD));
        }
        for (String version : List.of("HTTP/1.0", "HTTP/2.0", "HTTP/1.2", "http/1.1")) {
            assertRejected(HTTP_VERSION, 400, answer("GET", version, "/", GOOD));
        }
        for (String target : List.of("", "*", "chat", "http://localhost/", "/#fragment")) {
            assertRejected(TARGET, 400, answer("GET", "HTTP/1.1", target, GOOD));
        }
    }

    @Test
    void tellsAnUpgradeFromAPlainRequest() {
        assertThat(Handshake.isAskedBy(request("GET", "HTTP/1.1", "/", GOOD))).isTrue();
        assertThat(Handshake.isAskedBy(request("GET", "HTTP/1.1", "/", without("Upgrade"))))
                .isFalse();
        assertThat(Handshake.isAskedBy(request("GET", "HTTP/1.1", "/", with("Upgrade: h2c, WebSocket"))))
                .isTrue();
    }

    private static void assertRejected(HandshakeFailure failure, int status, HandshakeResult result) {
        assertThat(result).isInstanceOfSatisfying(HandshakeResult.Rejected.class, rejected -> {
            assertThat(rejected.failure()).isEqualTo(failure);
            assertThat(rejected.status()).isEqualTo(status);
        });
    }

    private static HandshakeResult answer(String method, String version, String target, List<String> headers) {
        SiteRules site = new SiteRules(List.of("chat.example.com"), List.of(SiteRules.SAME_ORIGIN));
        return Handshake.answer(
                request(method, version, target, headers), new HandshakeConfig(site, DeflateConfig.DEFAULT));
    }

    private static HandshakeRequest request(String method, String version, String target, List<String> headers) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            entries.add(Map.entry(
                    header.substring(0, colon), header.substring(colon + 1).strip()));
        }
        return new HandshakeRequest(method, version, target, entries, false);
    }

    private static List<String> hixie() {
        List<String> headers = new ArrayList<>(without("Sec-WebSocket-Key"));
        headers.removeIf(header -> header.startsWith("Sec-WebSocket-Version"));
        headers.add("Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5");
        headers.add("Sec-WebSocket-Key2: 12998 5 Y3 1  .P00");
        return headers;
    }

    private static List<String> without(String name) {
        List<String> headers = new ArrayList<>(GOOD);
        headers.removeIf(header -> header.startsWith(name + ":"));
        return headers;
    }

    private static List<String> with(String header) {
        List<String> headers = new ArrayList<>(without(header.substring(0, header.indexOf(':'))));
        headers.add(header);
        return headers;
    }

    private static List<String> plus(String... more) {
        List<String> headers = new ArrayList<>(GOOD);
        headers.addAll(List.of(more));
        return headers;
    }
}
