package dev.peal.docs;

import dev.peal.time.Owner;
import java.util.function.Consumer;

/** The documents as those see them who keep their records. Thread-safe. */
public interface OpenDocuments {
    /** Tells an open document that its title or rights changed: the next message is judged by them. Who has no role any more is sent out. */
    void changed(String documentId, DocumentRecord record);

    /** Sends something that is not stored to those who are in a document; nothing where it is not open. */
    void signal(String documentId, String type, byte[] data);

    /**
     * A document is going to be deleted: once it is, all that is kept of it goes, also where this process ends before.
     *
     * @param done told on {@code owner} whether that is certain
     */
    void deleting(String documentId, Owner owner, Consumer<Boolean> done);

    /** A document was deleted, open or not. Called on its owner. */
    void deleted(String documentId);
}
