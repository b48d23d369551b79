package dev.peal.docs;

import dev.peal.app.AppContext;
import dev.peal.app.Caller;
import dev.peal.time.Owner;
import java.util.function.Consumer;

/** Where titles and rights are kept. Called on the owners of documents' rooms; an answer comes once, on the owner given, at once or later. */
public interface DocumentRecords {
    /** What was found. */
    sealed interface Found {
        record Known(DocumentRecord record) implements Found {}

        /** Nobody has opened it yet. */
        record Unknown() implements Found {}

        /** It cannot be said now; ask again. */
        record Failed() implements Found {}
    }

    /** Gets its means. Called once, before the server opens its port. */
    default void start(AppContext context, OpenDocuments documents) {}

    /** A document is opened. A document that was deleted is {@link Found.Known}, and gives nobody a role. */
    void load(String documentId, Owner owner, Consumer<Found> done);

    /** Somebody enters a document that is {@link Found.Unknown}: it is theirs. Where it is known by now, the answer is what is known. */
    void create(String documentId, Caller creator, Owner owner, Consumer<Found> done);

    /** Somebody was let into a document. Called on the document's owner; must not block or throw. */
    default void entered(String documentId, Caller caller) {}

    /**
     * A document was edited since the last call: said when it leaves memory, and now and then while it is open. Nobody waits for it.
     *
     * @param revision the newest
     * @param timeMillis when that was stored
     */
    default void edited(String documentId, long revision, long timeMillis) {}
}
