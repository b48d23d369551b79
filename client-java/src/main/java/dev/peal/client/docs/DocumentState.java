package dev.peal.client.docs;

import dev.peal.client.PealException;
import java.util.Optional;

/**
 * Where a document stands.
 *
 * @param saved whether the server has every edit
 * @param revision operations of the server's that are in what is shown
 * @param refusal why, where it is {@link Kind#REFUSED}
 */
public record DocumentState(
        Kind kind,
        boolean saved,
        Optional<Role> role,
        Optional<String> title,
        long revision,
        Optional<PealException> refusal) {
    static final DocumentState OPENING =
            new DocumentState(Kind.OPENING, true, Optional.empty(), Optional.empty(), 0, Optional.empty());

    /** The kinds. */
    public enum Kind {
        /** Nothing to show yet. */
        OPENING,
        LIVE,
        /** There is content, and edits wait for a connection. */
        OFFLINE,
        /** The server says no. */
        REFUSED,
        CLOSED
    }
}
