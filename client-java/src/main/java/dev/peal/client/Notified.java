package dev.peal.client;

import dev.peal.client.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The notifications that this client has had, so that each is told once. By what they say as well as by their offset: it has no epoch, and begins anew where a server lost its
 * data. Owned by the loop.
 */
final class Notified {
    private static final int KEPT_MAX = 1_000;

    private final Map<Long, String> had = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /** Whether it is new. */
    boolean add(long offset, JsonNode message) {
        String text = Wire.type(message) + Json.text(message.path("data"));
        return !text.equals(had.put(offset, text));
    }

    /** Somebody else signed in. */
    void clear() {
        had.clear();
    }
}
