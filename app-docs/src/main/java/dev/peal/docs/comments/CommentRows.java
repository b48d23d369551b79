package dev.peal.docs.comments;

import dev.peal.protocol.JsonWriter;
import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The comments of one document in the store: a row for each comment and for each reply, since all together would not fit into one value. Answers come on the document's
 * owner.
 */
final class CommentRows {
    static final String COMMENTS = "comments";
    static final String REPLIES = "replies";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Store store;
    private final String documentId;
    private final Owner owner;

    CommentRows(Store store, String documentId, Owner owner) {
        this.store = store;
        this.documentId = documentId;
        this.owner = owner;
    }

    /** A comment and the version of its row. */
    record CommentRow(Comment comment, long version) {}

    /** A reply, to which comment, and the version of its row. */
    record ReplyRow(String commentId, CommentReply reply, long version) {}

    /** All that there is. */
    record All(List<CommentRow> comments, List<ReplyRow> replies) {}

    /** Nothing where it cannot be read. */
    void load(Consumer<Optional<All>> done) {
        scan(COMMENTS, new ArrayList<>(), comments -> {
            if (comments.isEmpty()) {
                done.accept(Optional.empty());
                return;
            }
            scan(
                    REPLIES,
                    new ArrayList<>(),
                    replies -> done.accept(replies.map(rows -> new All(
                            comments.get().stream().map(this::comment).toList(),
                            rows.stream().map(this::reply).toList()))));
        });
    }

    private void scan(String table, List<StoreRead.Row> found, Consumer<Optional<List<StoreRead.Row>>> done) {
        String prefix = documentId + "/";
        String after = found.isEmpty() ? "" : found.getLast().key();
        store.scan(new ScanRequest(table, prefix, after, ScanRequest.ROWS_MAX), owner, read -> {
            if (!(read instanceof StoreRead.Rows rows)) {
                done.accept(Optional.empty());
                return;
            }
            found.addAll(rows.rows());
            if (rows.more()) {
                scan(table, found, done);
            } else {
                done.accept(Optional.of(found));
            }
        });
    }

    private CommentRow comment(StoreRead.Row row) {
        String commentId = row.key().substring(documentId.length() + 1);
        return new CommentRow(Comment.read(commentId, JSON.readTree(row.value())), row.version());
    }

    private ReplyRow reply(StoreRead.Row row) {
        String rest = row.key().substring(documentId.length() + 1);
        int slash = rest.indexOf('/');
        JsonNode json = JSON.readTree(row.value());
        return new ReplyRow(
                rest.substring(0, slash), CommentReply.read(rest.substring(slash + 1), json), row.version());
    }

    void put(Comment comment, long expected, Consumer<StoreWrite> done) {
        store.put(key(comment.commentId()), comment.row(), expected, owner, done);
    }

    void put(String commentId, CommentReply reply, long expected, Consumer<StoreWrite> done) {
        byte[] row = reply.write(new JsonWriter(256).object()).end().bytes();
        store.put(key(commentId, reply.replyId()), row, expected, owner, done);
    }

    void delete(String commentId, long expected, Consumer<StoreWrite> done) {
        store.delete(key(commentId), expected, owner, done);
    }

    void deleteReply(String commentId, String replyId, long expected, Consumer<StoreWrite> done) {
        store.delete(key(commentId, replyId), expected, owner, done);
    }

    private StoreKey key(String commentId) {
        return new StoreKey(COMMENTS, documentId + "/" + commentId);
    }

    private StoreKey key(String commentId, String replyId) {
        return new StoreKey(REPLIES, documentId + "/" + commentId + "/" + replyId);
    }
}
