package dev.peal.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages about documents that a client sends. Each {@code read} takes the {@code data} of an {@link Parsed.Envelope} and returns null where it breaks the
 * message's schema in the module {@code spec}; unknown fields are ignored. A {@code userId} or {@code userName} names a caller that has not authenticated, in
 * {@code open} mode; it never overrides the session's.
 */
public sealed interface DocumentMessage {
    int CLIENT_ID_LENGTH_MAX = 32;
    int OPERATIONS_LIMIT_MAX = 1_000;
    int OPERATIONS_LIMIT_DEFAULT = 200;

    /** Which document it is about. */
    String documentId();

    /**
     * Enters a document, which is made if there is none.
     *
     * @param since the newest revision that the client has, as a position; or null for the whole content
     * @param clientId what the client marks its operations with, or null
     */
    record JoinDocument(
            String documentId,
            @Nullable String userId,
            @Nullable String userName,
            @Nullable Position since,
            @Nullable String clientId)
            implements DocumentMessage {
        public static @Nullable JoinDocument read(ObjectNode data) {
            Fields fields = new Fields(data);
            JoinDocument message = new JoinDocument(
                    fields.documentId(),
                    fields.optionalLabel("userId", ClientMessage.USER_ID_LENGTH_MAX),
                    fields.optionalLabel("userName", ClientMessage.USER_NAME_LENGTH_MAX),
                    fields.optionalPosition("since", "revision"),
                    fields.optionalName("clientId", CLIENT_ID_LENGTH_MAX));
            return fields.valid() ? message : null;
        }
    }

    /** Leaves a document. */
    record LeaveDocument(String documentId) implements DocumentMessage {
        public static @Nullable LeaveDocument read(ObjectNode data) {
            Fields fields = new Fields(data);
            LeaveDocument message = new LeaveDocument(fields.documentId());
            return fields.valid() ? message : null;
        }
    }

    /**
     * Changes the text.
     *
     * @param operation a Quill Delta: a JSON object whose {@code ops} is an array of objects, not looked at further
     * @param revision what it was made on
     * @param clientId with {@code seq}, what makes a repetition of it known
     * @param seq from 1; 0 for none
     */
    record Operation(
            String documentId,
            @Nullable String userId,
            ObjectNode operation,
            long revision,
            @Nullable String clientId,
            long seq)
            implements DocumentMessage {
        public static @Nullable Operation read(ObjectNode data) {
            Fields fields = new Fields(data);
            Operation message = new Operation(
                    fields.documentId(),
                    fields.optionalLabel("userId", ClientMessage.USER_ID_LENGTH_MAX),
                    fields.delta("operation"),
                    fields.offset("revision"),
                    fields.optionalName("clientId", CLIENT_ID_LENGTH_MAX),
                    fields.optionalNumber("seq", 1, Position.OFFSET_MAX, 0));
            return fields.valid() ? message : null;
        }
    }

    /**
     * Says where the caller's cursor is.
     *
     * @param position an integer, an object or null
     * @param revision what it counts in; null: the newest
     */
    record CursorPosition(
            String documentId,
            @Nullable String userId,
            JsonNode position,
            @Nullable Long revision,
            @Nullable String clientId)
            implements DocumentMessage {
        public static @Nullable CursorPosition read(ObjectNode data) {
            Fields fields = new Fields(data);
            CursorPosition message = new CursorPosition(
                    fields.documentId(),
                    fields.optionalLabel("userId", ClientMessage.USER_ID_LENGTH_MAX),
                    fields.place("position"),
                    fields.optionalOffset("revision"),
                    fields.optionalName("clientId", CLIENT_ID_LENGTH_MAX));
            return fields.valid() ? message : null;
        }
    }

    /** Asks for the content at a revision. */
    record DocumentAt(String documentId, long revision) implements DocumentMessage {
        public static @Nullable DocumentAt read(ObjectNode data) {
            Fields fields = new Fields(data);
            DocumentAt message = new DocumentAt(fields.documentId(), fields.offset("revision"));
            return fields.valid() ? message : null;
        }
    }

    /** Makes the content what it was at a revision, by an operation of the caller's. */
    record Restore(String documentId, @Nullable String userId, long revision) implements DocumentMessage {
        public static @Nullable Restore read(ObjectNode data) {
            Fields fields = new Fields(data);
            Restore message = new Restore(
                    fields.documentId(),
                    fields.optionalLabel("userId", ClientMessage.USER_ID_LENGTH_MAX),
                    fields.offset("revision"));
            return fields.valid() ? message : null;
        }
    }

    /** Asks who wrote what. */
    record Authorship(String documentId) implements DocumentMessage {
        public static @Nullable Authorship read(ObjectNode data) {
            Fields fields = new Fields(data);
            Authorship message = new Authorship(fields.documentId());
            return fields.valid() ? message : null;
        }
    }

    /**
     * Asks who changed the document, and when: the newest operations, or those before a revision, it not included.
     *
     * @param limit operations at most, 1 to {@value #OPERATIONS_LIMIT_MAX}
     */
    record HistoryOf(String documentId, @Nullable Long before, int limit) implements DocumentMessage {
        public static @Nullable HistoryOf read(ObjectNode data) {
            Fields fields = new Fields(data);
            HistoryOf message = new HistoryOf(
                    fields.documentId(),
                    fields.optionalOffset("before"),
                    fields.optionalLimit(OPERATIONS_LIMIT_MAX, OPERATIONS_LIMIT_DEFAULT));
            return fields.valid() ? message : null;
        }
    }
}
