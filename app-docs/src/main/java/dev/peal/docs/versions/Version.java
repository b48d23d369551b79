package dev.peal.docs.versions;

import dev.peal.protocol.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A revision with a name. */
record Version(
        String versionId,
        long revision,
        String name,
        @Nullable String userId,
        @Nullable String userName,
        long timeMillis) {
    static Version read(String versionId, JsonNode json) {
        return new Version(
                versionId,
                json.path("revision").asLong(),
                json.path("name").asString(),
                json.path("userId").stringValue(null),
                json.path("userName").stringValue(null),
                json.path("timestamp").asLong());
    }

    /** As it is stored and sent, into an open object. */
    JsonWriter write(JsonWriter json) {
        return json.field("versionId", versionId)
                .field("revision", revision)
                .field("name", name)
                .field("userId", userId)
                .field("userName", userName)
                .field("timestamp", timeMillis);
    }

    /** Whether the two are one wish, said twice. */
    boolean repeats(Version other) {
        return userId != null && userId.equals(other.userId()) && name.equals(other.name());
    }
}
