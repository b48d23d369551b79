package dev.peal.docs;

import java.util.Locale;
import java.util.Optional;

/** What somebody may do with a document. Each may do what those below it may. */
public enum Role {
    /** Sees the text and everyone's cursor. */
    READER,
    /** Writes comments. */
    COMMENTER,
    /** Changes the text and the title, names versions, goes back to one. */
    EDITOR,
    /** Shares it, deletes it. */
    OWNER;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in messages. */
    public String wire() {
        return wire;
    }

    public static Optional<Role> ofWire(String name) {
        for (Role role : values()) {
            if (role.wire.equals(name)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** Whether it may do what needs the other. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
