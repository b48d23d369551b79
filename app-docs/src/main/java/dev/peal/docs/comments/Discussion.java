package dev.peal.docs.comments;

import dev.peal.ot.Delta;
import dev.peal.ot.Selection;
import dev.peal.protocol.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A comment with its replies and with where it is now. Owned by the document's owner. */
final class Discussion {
    private static final Comparator<Said> IN_TIME = Comparator.comparingLong(
                    (Said said) -> said.reply().timeMillis())
            .thenComparing(said -> said.reply().replyId());

    private final Map<String, Said> replies = new LinkedHashMap<>();
    private Comment comment;
    private long version;
    private @Nullable Selection range;
    private long since;

    /** A reply with its version in the store. */
    record Said(CommentReply reply, long version) {}

    /**
     * @param version of the comment in the store
     * @param range where it is
     * @param since the revision that {@code range} counts in: later operations move it
     */
    Discussion(Comment comment, long version, @Nullable Selection range, long since) {
        this.comment = comment;
        this.version = version;
        this.range = range;
        this.since = since;
    }

    Comment comment() {
        return comment;
    }

    long version() {
        return version;
    }

    @Nullable
    Selection range() {
        return range;
    }

    void replace(Comment next, long nextVersion) {
        comment = next;
        version = nextVersion;
    }

    void applied(Delta operation, long revision) {
        if (range != null && revision > since) {
            range = range.transform(operation, false);
            since = revision;
        }
    }

    Optional<Said> reply(String replyId) {
        return Optional.ofNullable(replies.get(replyId));
    }

    Collection<Said> replies() {
        return replies.values();
    }

    void put(CommentReply reply, long replyVersion) {
        replies.put(reply.replyId(), new Said(reply, replyVersion));
    }

    void remove(String replyId) {
        replies.remove(replyId);
    }

    /** Bytes of text, as they count against the document's limit. */
    long bytes() {
        long bytes = bytes(comment.text()) + bytes(comment.quote());
        for (Said said : replies.values()) {
            bytes += bytes(said.reply().text());
        }
        return bytes;
    }

    static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * As clients get it.
     *
     * @param length units in the document; nothing is said to lie beyond them
     */
    JsonWriter write(JsonWriter json, int length) {
        json.field("commentId", comment.commentId());
        Comment.writeRange(json, within(length));
        comment.write(json).array("replies");
        replies.values().stream().sorted(IN_TIME).forEach(said -> {
            CommentReply reply = said.reply();
            reply.write(json.object().field("replyId", reply.replyId())).end();
        });
        return json.end();
    }

    private @Nullable Selection within(int length) {
        Selection now = range;
        if (now == null) {
            return null;
        }
        int start = Math.min(now.index(), length);
        return new Selection(start, Math.min(now.end(), length) - start);
    }
}
