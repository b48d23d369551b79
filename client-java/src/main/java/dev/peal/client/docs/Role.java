package dev.peal.client.docs;

import java.util.Locale;
import java.util.Optional;

/** What one may do with a document; each may do all that those behind it may. */
public enum Role {
    OWNER,
    EDITOR,
    COMMENTER,
    READER;

    boolean writes() {
        return this == OWNER || this == EDITOR;
    }

    static Optional<Role> of(String wire) {
        for (Role role : values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(wire)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
