package dev.peal.client.link;

import tools.jackson.databind.node.ObjectNode;

/** One connection, from its opening to its end. The first message sent is {@code authenticate}. Owned by the loop. */
public interface Link {
    /** In order; what is sent before {@code open} or after the end is lost. */
    void send(ObjectNode message);

    /** Ends it from this side; {@code closed} is not called any more. */
    void close(int code, String reason);
}
