package dev.peal.app;

import dev.peal.protocol.ClientMessage;
import tools.jackson.databind.JsonNode;

/** The rule for a room's id in a message that a schema of an application's own has checked. */
final class RoomIds {
    private RoomIds() {}

    static boolean valid(JsonNode node) {
        return node.isString() && ClientMessage.isRoomId(node.stringValue());
    }
}
