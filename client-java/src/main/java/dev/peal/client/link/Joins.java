package dev.peal.client.link;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a {@code join_room} and its {@code joined} say together. Pure. */
final class Joins {
    private Joins() {}

    /** The position behind which the room's entries come: an object with {@code epoch} and {@code offset}. */
    static JsonNode from(ObjectNode asked, ObjectNode joined) {
        JsonNode data = joined.path("data");
        return data.path("recovered").asBoolean(false) ? asked.path("data").path("since") : data;
    }
}
