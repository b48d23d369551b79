package dev.peal.transport.http;

import dev.peal.transport.ws.Target;
import dev.peal.transport.ws.WebSockets;
import dev.peal.websocket.HandshakeFailure;
import dev.peal.websocket.HandshakeRequest;
import dev.peal.websocket.HandshakeResult;
import io.netty.channel.EventLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands upgrade requests to {@link WebSockets}. Thread-safe. */
public final class WebSocketUpgrade implements Upgrade {
    private final WebSockets webSockets;

    public WebSocketUpgrade(WebSockets webSockets) {
        this.webSockets = webSockets;
    }

    @Override
    public Answer judge(Request request, EventLoop loop) {
        String target = request.query().isEmpty() ? request.path() : request.path() + '?' + request.query();
        HandshakeRequest handshake = new HandshakeRequest(
                request.method().name(), "HTTP/1.1", target, request.headers().entries(), request.secure());
        return switch (webSockets.answer(
                handshake, new Target(request.path(), request.query()), request.client(), loop)) {
            case WebSockets.Answer.Accepted accepted ->
                new Answer.Accepted(headers(accepted.headers()), accepted.handler());
            case WebSockets.Answer.Rejected rejected -> new Answer.Refused(problem(rejected.why()));
        };
    }

    private static Problem problem(HandshakeResult.Rejected why) {
        Map<String, String> headers = headers(why.headers());
        headers.remove("Connection"); // the answer to a refused request closes anyway
        return new Problem(why.status(), why.failure().code(), detail(why.failure()), headers);
    }

    private static String detail(HandshakeFailure failure) {
        return switch (failure) {
            case METHOD -> "A WebSocket is opened with GET.";
            case HTTP_VERSION -> "A WebSocket is opened with HTTP/1.1.";
            case TARGET, BODY, UPGRADE, CONNECTION, EXTENSIONS -> "The handshake is malformed.";
            case HOST_MALFORMED -> "The request names no host, or several.";
            case HOST_UNKNOWN -> "This server does not answer to that host name; see server.publicHosts.";
            case UPGRADE_MISSING -> "A WebSocket lives here.";
            case VERSION, VERSION_REPEATED -> "This server speaks version 13 of the WebSocket protocol.";
            case KEY -> "The key must be 16 bytes in Base64.";
            case ORIGIN -> "Pages of that origin may not use this server; see http.allowedOrigins.";
        };
    }

    private static Map<String, String> headers(List<Map.Entry<String, String>> entries) {
        Map<String, String> headers = new LinkedHashMap<>();
        entries.forEach(entry -> headers.put(entry.getKey(), entry.getValue()));
        return headers;
    }
}
