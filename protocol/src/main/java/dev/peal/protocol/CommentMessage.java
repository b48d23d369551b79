package dev.peal.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Something that a client does about one comment of a document: the message {@code comment}, by its {@code action}. */
public sealed interface CommentMessage {
    int ID_LENGTH_MAX = 64;
    int TEXT_LENGTH_MAX = 4_000;

    /** Which document it is about. */
    String documentId();

    /** Which comment: 1–{@value #ID_LENGTH_MAX} of {@code a-z A-Z 0-9 - _}, chosen by the client. */
    String commentId();

    /** Who a caller that has not authenticated says that it is, in {@code open} mode. */
    @Nullable
    String userId();

    /**
     * A part of a text, in UTF-16 units.
     *
     * @param index units before it
     * @param length units in it, at least 1
     */
    record Range(int index, int length) {}

    /**
     * A new comment.
     *
     * @param range what it is about; null: the document as a whole
     * @param revision what the range counts in; null: the newest
     */
    record Add(
            String documentId,
            String commentId,
            @Nullable String userId,
            @Nullable Range range,
            @Nullable Long revision,
            String text)
            implements CommentMessage {}

    /** A reply to a comment. */
    record Reply(
            String documentId, String commentId, @Nullable String userId, String replyId, String text)
            implements CommentMessage {}

    /** Other words for a comment, or for one of its replies. */
    record Edit(
            String documentId,
            String commentId,
            @Nullable String userId,
            @Nullable String replyId,
            String text) implements CommentMessage {}

    /** Resolves a comment, or reopens it. */
    record Resolve(
            String documentId, String commentId, @Nullable String userId, boolean resolved) implements CommentMessage {}

    /** Takes a comment away with its replies, or one of its replies. */
    record Delete(
            String documentId,
            String commentId,
            @Nullable String userId,
            @Nullable String replyId) implements CommentMessage {}

    /** Asks for all comments: the message {@code comments}. */
    record All(String documentId) {
        public static @Nullable All read(ObjectNode data) {
            Fields fields = new Fields(data);
            All message = new All(fields.documentId());
            return fields.valid() ? message : null;
        }
    }

    /** The message in a {@code data} object, or null where it breaks its schema. What its action does not need must keep its rule all the same. */
    static @Nullable CommentMessage read(ObjectNode data) {
        Fields fields = new Fields(data);
        String documentId = fields.documentId();
        String commentId = fields.name("commentId", ID_LENGTH_MAX);
        String userId = fields.optionalLabel("userId", ClientMessage.USER_ID_LENGTH_MAX);
        Range range = fields.optionalRange("range");
        Long revision = fields.optionalOffset("revision");
        String replyId = fields.optionalName("replyId", ID_LENGTH_MAX);
        String text = fields.optionalText("text", 1, TEXT_LENGTH_MAX);
        JsonNode action = data.path("action");
        CommentMessage message = switch (action.isString() ? action.stringValue() : "") {
            case "add" -> text == null ? null : new Add(documentId, commentId, userId, range, revision, text);
            case "reply" ->
                text == null || replyId == null ? null : new Reply(documentId, commentId, userId, replyId, text);
            case "edit" -> text == null ? null : new Edit(documentId, commentId, userId, replyId, text);
            case "resolve" -> new Resolve(documentId, commentId, userId, true);
            case "reopen" -> new Resolve(documentId, commentId, userId, false);
            case "delete" -> new Delete(documentId, commentId, userId, replyId);
            default -> null;
        };
        return fields.valid() ? message : null;
    }
}
