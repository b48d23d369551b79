package dev.peal.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a client says about the named versions of a document. */
public sealed interface VersionMessage {
    int ID_LENGTH_MAX = 64;
    int NAME_LENGTH_MAX = 200;

    /** Which document it is about. */
    String documentId();

    /**
     * Names a revision: the message {@code version}.
     *
     * @param versionId 1–{@value #ID_LENGTH_MAX} of {@code a-z A-Z 0-9 - _}, which makes a repetition of it known; null: the server chooses
     * @param revision which; null: the newest
     */
    record Name(
            String documentId,
            @Nullable String userId,
            String name,
            @Nullable String versionId,
            @Nullable Long revision)
            implements VersionMessage {
        public static @Nullable Name read(ObjectNode data) {
            Fields fields = new Fields(data);
            Name message = new Name(
                    fields.documentId(),
                    fields.optionalLabel("userId", ClientMessage.USER_ID_LENGTH_MAX),
                    fields.label("name", NAME_LENGTH_MAX),
                    fields.optionalName("versionId", ID_LENGTH_MAX),
                    fields.optionalOffset("revision"));
            return fields.valid() ? message : null;
        }
    }

    /** Asks for all of them: the message {@code versions}. */
    record All(String documentId) implements VersionMessage {
        public static @Nullable All read(ObjectNode data) {
            Fields fields = new Fields(data);
            All message = new All(fields.documentId());
            return fields.valid() ? message : null;
        }
    }
}
