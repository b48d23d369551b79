package dev.peal.docs;

/** The documents that are in memory. Thread-safe. */
public interface OpenDocuments {
    /** Tells an open document that its title or rights changed: the next message is judged by them. Who has no role any more is sent out. */
    void changed(String documentId, DocumentRecord record);

    /** Sends something that is not stored to those who are in a document; nothing where it is not open. */
    void signal(String documentId, String type, byte[] data);
}
