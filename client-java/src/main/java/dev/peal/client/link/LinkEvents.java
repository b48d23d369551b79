package dev.peal.client.link;

import tools.jackson.databind.node.ObjectNode;

/** What a link tells its owner, on the loop. */
public interface LinkEvents {
    void open();

    /** What the server sent; it has a {@code type}, and a {@code data} that is an object. */
    void message(ObjectNode message);

    /** A frame of bytes; only servers of such streams send any. */
    default void bytes(byte[] frame) {}

    /** Once, and the last. */
    void closed(LinkEnd end);
}
