package dev.peal.docs.comments;

import dev.peal.app.Caller;
import dev.peal.protocol.JsonWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Who said something; without an id somebody without a name (open mode alone), whom nobody can be later on. */
record Author(@Nullable String userId, @Nullable String userName) {
    /** @param claimed who an unnamed caller says that they are */
    static Author of(Caller caller, @Nullable String claimed) {
        return new Author(caller.userIdOr(claimed), caller.userName());
    }

    static Author read(JsonNode json) {
        return new Author(
                Optional.ofNullable(json.path("userId").stringValue(null)).orElse(null),
                json.path("userName").stringValue(null));
    }

    JsonWriter write(JsonWriter json) {
        return json.field("userId", userId).field("userName", userName);
    }

    /** Whether the two are one person. */
    boolean is(Author other) {
        return userId != null && userId.equals(other.userId());
    }
}
