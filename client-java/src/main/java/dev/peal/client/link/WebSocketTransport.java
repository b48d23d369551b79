package dev.peal.client.link;

import dev.peal.client.loop.Loop;
import java.net.http.HttpClient;
import java.time.Duration;

/** WebSocket, by the JDK's own client. */
public final class WebSocketTransport implements Transport {
    private static final Duration OPEN_MAX = Duration.ofSeconds(10);

    private final HttpClient http;

    public WebSocketTransport(HttpClient http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public Link open(Target target, Loop loop, LinkEvents events) {
        WebSocketLink link = new WebSocketLink(loop, events);
        http.newWebSocketBuilder()
                .connectTimeout(OPEN_MAX)
                .buildAsync(target.webSocket(), link)
                .whenComplete((socket, failure) -> loop.execute(() -> link.opened(socket, failure)));
        return link;
    }
}
