package dev.peal.client.link;

import dev.peal.client.loop.Loop;
import java.net.http.HttpClient;

/** Long-polling for what comes, POST for what goes: plain HTTP that any proxy lets pass. */
public final class PollingTransport implements Transport {
    private final HttpClient http;

    public PollingTransport(HttpClient http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "polling";
    }

    @Override
    public Link open(Target target, Loop loop, LinkEvents events) {
        PollingLink link = new PollingLink(new Http(http, target, loop), loop, events);
        loop.execute(link::open);
        return link;
    }
}
