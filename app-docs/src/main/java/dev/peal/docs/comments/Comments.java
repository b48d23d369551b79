package dev.peal.docs.comments;

import dev.peal.app.AppContext;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.docs.Companion;
import dev.peal.docs.Companions;
import dev.peal.docs.DocumentMessages;
import dev.peal.docs.OpenDocument;
import dev.peal.docs.Role;
import dev.peal.protocol.CommentMessage;
import dev.peal.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Comments beside documents: {@code comments}, {@code comment}. Thread-safe; each document's belong to its owner. */
public final class Comments implements Companions {
    private volatile @Nullable Store store;

    @Override
    public String name() {
        return "comments";
    }

    @Override
    public List<MessageType<?>> messages() {
        return List.of(
                DocumentMessages.of(
                        "comments",
                        Role.READER,
                        CommentMessage.All::read,
                        CommentMessage.All::documentId,
                        (caller, document, message, timeMillis) -> new Outcome.Reply(
                                "comments",
                                document.companion(DocumentComments.class).all())),
                DocumentMessages.of(
                        "comment",
                        Role.COMMENTER,
                        CommentMessage::read,
                        CommentMessage::documentId,
                        (caller, document, message, timeMillis) ->
                                document.companion(DocumentComments.class).handle(caller, message, timeMillis)));
    }

    @Override
    public List<String> tables() {
        return List.of(CommentRows.COMMENTS, CommentRows.REPLIES);
    }

    @Override
    public void start(AppContext context) {
        store = context.store();
    }

    @Override
    public void open(OpenDocument document, Optional<byte[]> snapshot, Consumer<Optional<Companion>> done) {
        Store all = store;
        if (all == null) {
            throw new IllegalStateException("not started");
        }
        CommentRows rows = new CommentRows(all, document.id(), document.owner());
        DocumentComments.open(document, rows, snapshot, opened -> done.accept(opened.map(comments -> comments)));
    }
}
