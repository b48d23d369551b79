package dev.peal.client.link;

import dev.peal.client.loop.Loop;

/** One way of talking to a server. Messages are the JSON objects of PROTOCOL.md, whatever carries them. */
public interface Transport {
    /** {@code websocket}, {@code sse} or {@code polling}. */
    String name();

    /** Begins to connect, called on the loop. Calls nothing of {@code events} before it has returned, and everything on the loop. */
    Link open(Target target, Loop loop, LinkEvents events);
}
