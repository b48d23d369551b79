package dev.peal.session;

import dev.peal.app.Apps;
import dev.peal.limit.MessageClass;

/** What is known of a message type on a path before a message comes: the rate limit that it counts against, and where it leads. */
sealed interface Handling {
    MessageClass messageClass();

    /** To the session itself. */
    record Self(MessageClass messageClass, Own own) implements Handling {}

    /**
     * To a room of an application's.
     *
     * @param webSocketOnly whether it leads nowhere for who has no WebSocket
     */
    record InRoom(MessageClass messageClass, Apps.Route route, boolean webSocketOnly) implements Handling {}

    /** Nowhere. */
    record Unknown(MessageClass messageClass) implements Handling {}
}
