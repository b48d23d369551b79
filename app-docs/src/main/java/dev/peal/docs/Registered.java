package dev.peal.docs;

import dev.peal.app.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A document that is in memory, or on its way there, and what is known of it beside its text. Thread-safe: titles and rights change over HTTP. */
final class Registered {
    private final String documentId;
    private @Nullable DocumentRecord record;
    private boolean changed;

    Registered(String documentId) {
        this.documentId = documentId;
    }

    String documentId() {
        return documentId;
    }

    /** What was read; what has changed since wins. */
    synchronized void loaded(DocumentRecord read) {
        if (!changed) {
            record = read;
        }
    }

    synchronized void changed(DocumentRecord is) {
        record = is;
        changed = true;
    }

    /** Empty while nobody has opened the document. */
    synchronized Optional<DocumentRecord> record() {
        return Optional.ofNullable(record);
    }

    boolean deleted() {
        return record().filter(DocumentRecord::deleted).isPresent();
    }

    /** What a caller may do. */
    Optional<Role> role(Caller caller) {
        return record().flatMap(known -> known.role(caller));
    }
}
