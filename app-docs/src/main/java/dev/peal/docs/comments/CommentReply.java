package dev.peal.docs.comments;

import dev.peal.protocol.JsonWriter;
import tools.jackson.databind.JsonNode;

/** A reply to a comment. */
record CommentReply(String replyId, Author author, String text, long timeMillis) {
    static CommentReply read(String replyId, JsonNode json) {
        return new CommentReply(
                replyId,
                Author.read(json),
                json.path("text").asString(),
                json.path("timestamp").asLong());
    }

    CommentReply edited(String newText) {
        return new CommentReply(replyId, author, newText, timeMillis);
    }

    /** As it is stored, and but for its id as clients get it. */
    JsonWriter write(JsonWriter json) {
        return author.write(json).field("text", text).field("timestamp", timeMillis);
    }
}
