package dev.peal.websocket;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Any header values: an answer, never an exception, and nothing of the client's own text in it. */
final class HandshakeFuzzTest {
    private static final DeflateConfig SMALL_WINDOWS = new DeflateConfig(true, 0, 6, 7, 12, 12, 10);

    @FuzzTest(maxDuration = "10m")
    void handshake(FuzzedDataProvider data) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (String name :
                List.of("Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Origin")) {
            headers.add(Map.entry(name, data.consumeString(40)));
        }
        String method = data.consumeBoolean() ? "GET" : data.consumeString(8);
        String target = "/" + data.consumeString(20);
        headers.add(Map.entry("Sec-WebSocket-Extensions", data.consumeRemainingAsString()));
        Handshake.answer(
                new HandshakeRequest(method, "HTTP/1.1", target, headers, false),
                new HandshakeConfig(SiteRules.DEFAULT, SMALL_WINDOWS));
    }

    @FuzzTest(maxDuration = "10m")
    void extensions(FuzzedDataProvider data) {
        HandshakeRequest request = new HandshakeRequest(
                "GET",
                "HTTP/1.1",
                "/",
                List.of(
                        Map.entry("Host", "localhost"),
                        Map.entry("Upgrade", "websocket"),
                        Map.entry("Connection", "Upgrade"),
                        Map.entry("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
                        Map.entry("Sec-WebSocket-Version", "13"),
                        Map.entry("Sec-WebSocket-Extensions", data.consumeRemainingAsString())),
                false);
        switch (Handshake.answer(request, new HandshakeConfig(SiteRules.DEFAULT, SMALL_WINDOWS))) {
            case HandshakeResult.Accepted accepted ->
                accepted.deflate().ifPresent(HandshakeFuzzTest::assertWithinConfig);
            case HandshakeResult.Rejected rejected -> {
                if (rejected.failure() != HandshakeFailure.EXTENSIONS) {
                    throw new AssertionError("rejected for " + rejected.failure());
                }
            }
        }
    }

    private static void assertWithinConfig(DeflateParams params) {
        if (params.serverWindowBits() > 12) {
            throw new AssertionError("agreed on " + params);
        }
    }
}
