package dev.peal.client.link;

import dev.peal.client.loop.Loop;
import java.net.http.HttpClient;

/** An event stream for what comes, POST for what goes. */
public final class SseTransport implements Transport {
    private final HttpClient http;

    public SseTransport(HttpClient http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "sse";
    }

    @Override
    public Link open(Target target, Loop loop, LinkEvents events) {
        SseLink link = new SseLink(new Http(http, target, loop), loop, events);
        loop.execute(link::open);
        return link;
    }
}
