package dev.peal.docs.comments;

import dev.peal.app.Caller;
import dev.peal.app.Outcome;
import dev.peal.docs.Companion;
import dev.peal.docs.OpenDocument;
import dev.peal.docs.Role;
import dev.peal.docs.comments.CommentRules.By;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.Selection;
import dev.peal.protocol.CommentMessage;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.JsonWriter;
import dev.peal.store.Store;
import dev.peal.store.StoreWrite;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The comments of one open document. Owned by the document's owner.
 *
 * <p>What people want is done one after the other, each on what the one before left; a change is stored before it is seen. Meanwhile the text goes on, and ranges
 * with it, that of a comment whose row is on its way too.
 */
final class DocumentComments implements Companion {
    static final int COMMENTS_MAX = 1_000;
    static final int REPLIES_MAX = 200;

    /** Bytes of all texts and quotes of a document, in UTF-8. */
    static final int TEXT_BYTES_MAX = 1 << 20;

    /** Units of the commented text that are kept with a comment. */
    static final int QUOTE_MAX = 500;

    /** Wishes that wait for the store. */
    static final int WAITING_MAX = 100;

    private static final int TRIES_MAX = 4;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Comparator<Discussion> IN_TIME = Comparator.comparingLong(
                    (Discussion discussion) -> discussion.comment().timeMillis())
            .thenComparing(discussion -> discussion.comment().commentId());

    private final OpenDocument document;
    private final CommentRows rows;
    private final Map<String, Discussion> discussions = new LinkedHashMap<>();
    private final ArrayDeque<Wish> waiting = new ArrayDeque<>();
    private @Nullable Discussion coming;
    private boolean busy;

    /** What somebody wants, and whom to tell what became of it. */
    private record Wish(CommentMessage message, By by, Consumer<Outcome> done) {}

    private DocumentComments(OpenDocument document, CommentRows rows) {
        this.document = document;
        this.rows = rows;
    }

    /** Loads a document's comments; nothing where they cannot be read. */
    static void open(
            OpenDocument document,
            CommentRows rows,
            Optional<byte[]> snapshot,
            Consumer<Optional<DocumentComments>> done) {
        rows.load(found -> done.accept(found.map(all -> {
            DocumentComments comments = new DocumentComments(document, rows);
            comments.take(all, snapshot.map(JSON::readTree));
            return comments;
        })));
    }

    /** A comment that the snapshot does not know was made later: its row says where. */
    private void take(CommentRows.All all, Optional<JsonNode> snapshot) {
        for (CommentRows.CommentRow row : all.comments()) {
            Comment comment = row.comment();
            boolean older = comment.revision() < document.revision();
            Optional<JsonNode> moved =
                    snapshot.map(ranges -> ranges.path(comment.commentId())).filter(range -> range.isArray() && older);
            discussions.put(
                    comment.commentId(),
                    moved.isPresent()
                            ? new Discussion(comment, row.version(), selection(moved.get()), document.revision())
                            : new Discussion(comment, row.version(), comment.range(), comment.revision()));
        }
        takeReplies(all);
    }

    private void takeReplies(CommentRows.All all) {
        for (CommentRows.ReplyRow row : all.replies()) {
            Discussion discussion = discussions.get(row.commentId());
            if (discussion == null) {
                // Its comment went, and the process ended before the reply did: it must not come back with another
                // comment of that id.
                rows.deleteReply(row.commentId(), row.reply().replyId(), Store.ANY, gone -> {});
            } else {
                discussion.put(row.reply(), row.version());
            }
        }
    }

    private static Selection selection(JsonNode pair) {
        return new Selection(pair.path(0).asInt(), pair.path(1).asInt());
    }

    @Override
    public void applied(Delta operation, long revision) {
        for (Discussion discussion : discussions.values()) {
            discussion.applied(operation, revision);
        }
        if (coming != null) {
            coming.applied(operation, revision);
        }
    }

    /** Where each range is. One that is still on its way to the store is in it too: its row will be older than this. */
    @Override
    public byte[] snapshot() {
        JsonWriter json = new JsonWriter(256).object();
        discussions.values().forEach(discussion -> write(json, discussion));
        if (coming != null) {
            write(json, coming);
        }
        return json.end().bytes();
    }

    private static void write(JsonWriter json, Discussion discussion) {
        Selection range = discussion.range();
        if (range != null) {
            json.array(discussion.comment().commentId())
                    .value(range.index())
                    .value(range.length())
                    .end();
        }
    }

    /** All of them, in the order in which they were made. */
    byte[] all() {
        JsonWriter json = new JsonWriter(4_096)
                .object()
                .field("documentId", document.id())
                .field("revision", document.revision())
                .array("comments");
        int length = document.positions().length();
        discussions.values().stream()
                .sorted(IN_TIME)
                .forEach(discussion -> discussion.write(json.object(), length).end());
        return json.end().end().bytes();
    }

    /** One of them, as it is now; null where it is gone. */
    private byte[] one(String commentId) {
        JsonWriter json = new JsonWriter(1_024)
                .object()
                .field("documentId", document.id())
                .field("commentId", commentId)
                .field("revision", document.revision());
        Discussion discussion = discussions.get(commentId);
        if (discussion == null) {
            json.nullField("comment");
        } else {
            discussion
                    .write(json.object("comment"), document.positions().length())
                    .end();
        }
        return json.end().bytes();
    }

    Outcome handle(Caller caller, CommentMessage message, long timeMillis) {
        Author author = Author.of(caller, message.userId());
        By by = new By(author, document.role(caller).orElse(Role.READER), timeMillis);
        return new Outcome.Later(true, done -> {
            if (waiting.size() >= WAITING_MAX) {
                done.accept(Outcome.refuse(ErrorCode.UNAVAILABLE));
            } else {
                waiting.addLast(new Wish(message, by, done));
                next();
            }
        });
    }

    private void next() {
        if (!busy && !waiting.isEmpty()) {
            busy = true;
            attempt(waiting.removeFirst(), TRIES_MAX);
        }
    }

    private void finish(Wish wish, Outcome outcome) {
        coming = null;
        busy = false;
        wish.done().accept(outcome);
        next();
    }

    private void attempt(Wish wish, int tries) {
        String commentId = wish.message().commentId();
        Optional<Discussion> there = Optional.ofNullable(discussions.get(commentId));
        switch (step(wish, there)) {
            case Step.Already already -> finish(wish, new Outcome.Acknowledge(0));
            case Step.Refuse refuse -> finish(wish, Outcome.refuse(refuse.code()));
            case Step.PutComment put -> put(wish, there, put.comment(), tries);
            case Step.PutReply put -> put(wish, there.orElseThrow(), put.reply(), tries);
            case Step.DeleteComment delete -> delete(wish, there.orElseThrow(), tries);
            case Step.DeleteReply delete -> deleteReply(wish, there.orElseThrow(), delete.replyId(), tries);
        }
    }

    private Step step(Wish wish, Optional<Discussion> there) {
        if (wish.message() instanceof CommentMessage.Add add) {
            return CommentRules.repeated(there, add, wish.by()).orElseGet(() -> within(make(add, wish.by()), there));
        }
        if (there.isEmpty()) {
            boolean gone = wish.message() instanceof CommentMessage.Delete;
            return gone ? new Step.Already() : new Step.Refuse(ErrorCode.NOT_FOUND);
        }
        Discussion discussion = there.get();
        Step step = switch (wish.message()) {
            case CommentMessage.Reply reply -> CommentRules.reply(discussion, reply, wish.by());
            case CommentMessage.Edit edit -> CommentRules.edit(discussion, edit, wish.by());
            case CommentMessage.Resolve resolve -> CommentRules.resolve(discussion, resolve, wish.by());
            case CommentMessage.Delete delete -> CommentRules.delete(discussion, delete, wish.by());
            case CommentMessage.Add add -> throw new IllegalStateException("made above");
        };
        return within(step, there);
    }

    private Step make(CommentMessage.Add add, By by) {
        if (discussions.size() >= COMMENTS_MAX) {
            return new Step.Refuse(ErrorCode.LIMIT_REACHED);
        }
        long now = document.revision();
        CommentMessage.Range about = add.range();
        if (about == null) {
            return new Step.PutComment(comment(add, by, null, ""));
        }
        Selection asked = new Selection(about.index(), about.length());
        long revision = add.revision() == null ? now : add.revision();
        Optional<Selection> moved = revision == now ? Optional.of(asked) : document.moved(asked, revision);
        if (moved.isEmpty()) {
            return new Step.Refuse(revision > now ? ErrorCode.REVISION_UNKNOWN : ErrorCode.REVISION_PRUNED);
        }
        Selection range = moved.get();
        Document content = document.positions();
        if (range.end() > content.length() || content.splitsPair(range.index()) || content.splitsPair(range.end())) {
            return new Step.Refuse(ErrorCode.INVALID_OPERATION);
        }
        return new Step.PutComment(comment(add, by, range, quote(content, range)));
    }

    private Comment comment(CommentMessage.Add add, By by, @Nullable Selection range, String quote) {
        return new Comment(
                add.commentId(), range, document.revision(), quote, by.author(), add.text(), by.timeMillis(), false);
    }

    private static String quote(Document content, Selection range) {
        int end = Math.min(range.end(), range.index() + QUOTE_MAX);
        return content.slice(range.index(), content.splitsPair(end) ? end - 1 : end)
                .text();
    }

    /** Lets what makes the texts too many be refused. */
    private Step within(Step step, Optional<Discussion> there) {
        long more = switch (step) {
            case Step.PutComment put ->
                bytes(put.comment()) - there.map(now -> bytes(now.comment())).orElse(0L);
            case Step.PutReply put ->
                Discussion.bytes(put.reply().text())
                        - there.flatMap(now -> now.reply(put.reply().replyId()))
                                .map(said -> Discussion.bytes(said.reply().text()))
                                .orElse(0L);
            case Step.Already already -> 0;
            case Step.Refuse refuse -> 0;
            case Step.DeleteComment delete -> 0;
            case Step.DeleteReply delete -> 0;
        };
        long bytes = more <= 0
                ? 0
                : discussions.values().stream().mapToLong(Discussion::bytes).sum();
        return bytes + more > TEXT_BYTES_MAX ? new Step.Refuse(ErrorCode.LIMIT_REACHED) : step;
    }

    private static long bytes(Comment comment) {
        return Discussion.bytes(comment.text()) + Discussion.bytes(comment.quote());
    }

    private void put(Wish wish, Optional<Discussion> there, Comment comment, int tries) {
        Discussion discussion = there.orElseGet(() -> {
            Discussion made = new Discussion(comment, Store.ABSENT, comment.range(), comment.revision());
            coming = made;
            return made;
        });
        rows.put(comment, discussion.version(), written(wish, tries, version -> {
            discussion.replace(comment, version);
            discussions.put(comment.commentId(), discussion);
        }));
    }

    private void put(Wish wish, Discussion discussion, CommentReply reply, int tries) {
        long expected =
                discussion.reply(reply.replyId()).map(Discussion.Said::version).orElse(Store.ABSENT);
        String commentId = discussion.comment().commentId();
        rows.put(commentId, reply, expected, written(wish, tries, version -> discussion.put(reply, version)));
    }

    private void delete(Wish wish, Discussion discussion, int tries) {
        String commentId = discussion.comment().commentId();
        rows.delete(commentId, discussion.version(), written(wish, tries, version -> {
            discussions.remove(commentId);
            discussion
                    .replies()
                    .forEach(said -> rows.deleteReply(commentId, said.reply().replyId(), Store.ANY, gone -> {}));
        }));
    }

    private void deleteReply(Wish wish, Discussion discussion, String replyId, int tries) {
        long expected = discussion.reply(replyId).orElseThrow().version();
        String commentId = discussion.comment().commentId();
        rows.deleteReply(commentId, replyId, expected, written(wish, tries, version -> discussion.remove(replyId)));
    }

    /** What is stored is seen, and told when the document has come to it; where somebody else wrote, what they wrote is looked at first. */
    private Consumer<StoreWrite> written(Wish wish, int tries, Consumer<Long> stored) {
        return write -> {
            switch (write) {
                case StoreWrite.Done done -> {
                    stored.accept(done.version());
                    String commentId = wish.message().commentId();
                    finish(wish, new Outcome.InTurn(() -> new Outcome.Signal("comment", one(commentId), false)));
                }
                case StoreWrite.Conflict other -> reload(wish, tries - 1);
                case StoreWrite.Unavailable unavailable -> finish(wish, Outcome.refuse(ErrorCode.UNAVAILABLE));
            }
        };
    }

    private void reload(Wish wish, int tries) {
        coming = null;
        if (tries == 0) {
            finish(wish, Outcome.refuse(ErrorCode.CONFLICT));
            return;
        }
        rows.load(found -> {
            if (found.isEmpty()) {
                finish(wish, Outcome.refuse(ErrorCode.UNAVAILABLE));
                return;
            }
            Map<String, Discussion> before = new LinkedHashMap<>(discussions);
            discussions.clear();
            // Where they are is known here; what was said may not be.
            found.get().comments().forEach(row -> {
                Discussion known = before.get(row.comment().commentId());
                Selection range = known == null ? moved(row.comment()) : known.range();
                discussions.put(
                        row.comment().commentId(),
                        new Discussion(row.comment(), row.version(), range, document.revision()));
            });
            takeReplies(found.get());
            attempt(wish, tries);
        });
    }

    private @Nullable Selection moved(Comment comment) {
        Selection range = comment.range();
        return range == null ? null : document.moved(range, comment.revision()).orElse(range);
    }
}
