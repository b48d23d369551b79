package dev.peal.docs.versions;

import dev.peal.app.AppContext;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.docs.Companion;
import dev.peal.docs.Companions;
import dev.peal.docs.DocumentMessages;
import dev.peal.docs.OpenDocument;
import dev.peal.docs.Role;
import dev.peal.protocol.VersionMessage;
import dev.peal.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Named versions beside documents: {@code versions}, {@code version}. Thread-safe; each document's belong to its owner. */
public final class Versions implements Companions {
    private volatile @Nullable Store store;

    @Override
    public String name() {
        return "versions";
    }

    @Override
    public List<MessageType<?>> messages() {
        return List.of(
                DocumentMessages.of(
                        "versions",
                        Role.READER,
                        VersionMessage.All::read,
                        VersionMessage.All::documentId,
                        (caller, document, message, timeMillis) -> new Outcome.Reply(
                                "versions",
                                document.companion(DocumentVersions.class).all())),
                DocumentMessages.of(
                        "version",
                        Role.EDITOR,
                        VersionMessage.Name::read,
                        VersionMessage.Name::documentId,
                        (caller, document, message, timeMillis) ->
                                document.companion(DocumentVersions.class).name(caller, message, timeMillis)));
    }

    @Override
    public List<String> tables() {
        return List.of(DocumentVersions.TABLE);
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
        DocumentVersions.open(document, all, opened -> done.accept(opened.map(versions -> versions)));
    }
}
