package dev.peal.docs.comments;

import dev.peal.ot.Selection;
import dev.peal.protocol.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A comment as it is stored, without its replies.
 *
 * @param range what it is about, as it was at {@code revision}; null: the document as a whole
 * @param revision what the range counts in
 * @param quote the text that it was about when it was made
 */
record Comment(
        String commentId,
        @Nullable Selection range,
        long revision,
        String quote,
        Author author,
        String text,
        long timeMillis,
        boolean resolved) {
    static Comment read(String commentId, JsonNode json) {
        JsonNode range = json.path("range");
        return new Comment(
                commentId,
                range.isObject()
                        ? new Selection(
                                range.path("index").asInt(),
                                range.path("length").asInt())
                        : null,
                json.path("revision").asLong(),
                json.path("quote").asString(),
                Author.read(json),
                json.path("text").asString(),
                json.path("timestamp").asLong(),
                json.path("resolved").asBoolean());
    }

    Comment edited(String newText) {
        return new Comment(commentId, range, revision, quote, author, newText, timeMillis, resolved);
    }

    Comment resolved(boolean isResolved) {
        return new Comment(commentId, range, revision, quote, author, text, timeMillis, isResolved);
    }

    byte[] row() {
        JsonWriter json = new JsonWriter(256).object();
        writeRange(json, range).field("revision", revision);
        return write(json).end().bytes();
    }

    /** What clients get too. */
    JsonWriter write(JsonWriter json) {
        json.field("quote", quote).field("text", text);
        return author.write(json).field("timestamp", timeMillis).field("resolved", resolved);
    }

    static JsonWriter writeRange(JsonWriter json, @Nullable Selection range) {
        return range == null
                ? json.nullField("range")
                : json.object("range")
                        .field("index", range.index())
                        .field("length", range.length())
                        .end();
    }
}
