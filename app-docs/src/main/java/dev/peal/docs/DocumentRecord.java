package dev.peal.docs;

import dev.peal.app.Caller;
import java.util.Optional;

/** What is known of a document beside its text. Immutable; asked on the owner of the document's room, for each message, so it must be quick. */
public interface DocumentRecord {
    /** As people see it; empty while it has none. */
    String title();

    /** What a caller may do; empty: nothing, not even read. */
    Optional<Role> role(Caller caller);

    /** Whether it is gone for good: nobody has a role, and nothing of it is kept. */
    default boolean deleted() {
        return false;
    }
}
