package dev.peal.docs;

import dev.peal.app.AppContext;
import dev.peal.app.MessageType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes one kind of {@link Companion} for each open document, and handles the messages about it. */
public interface Companions {
    /** Names its part of a snapshot; 1–32 characters, unlike those of the others. */
    String name();

    /** What clients can ask for or do; made by {@link DocumentMessages}. Asked once, before the server opens its port. */
    List<MessageType<?>> messages();

    /** Its tables in the application's store: each row's key begins with a document's id and a slash, and it goes where that document is deleted. */
    default List<String> tables() {
        return List.of();
    }

    /** Gets its means. Called once, before the server opens its port. */
    default void start(AppContext context) {}

    /**
     * A document is being opened: what is kept about it is loaded. Called on its owner, before any operation is told.
     *
     * @param document as of the snapshot, or empty at revision 0; also to be kept
     * @param snapshot what the companion gave at this revision; nothing at revision 0
     * @param done to be called once, on the owner, at once or later; with nothing where it cannot be loaded: the document cannot be opened now
     */
    void open(OpenDocument document, Optional<byte[]> snapshot, Consumer<Optional<Companion>> done);
}
