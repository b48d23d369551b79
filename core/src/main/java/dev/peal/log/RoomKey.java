package dev.peal.log;

import java.util.Objects;

/**
 * A room's name: its kind (the application's, such as {@code chat}) and its id within that kind.
 *
 * @param kind 1–32 characters, a name chosen by an application
 * @param id 1–128 characters; what an application lets through is its own rule
 */
public record RoomKey(String kind, String id) {
    public RoomKey {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(id);
        if (kind.isEmpty() || kind.length() > 32) {
            throw new IllegalArgumentException("kind: 1 to 32 characters");
        }
        if (id.isEmpty() || id.length() > 128) {
            throw new IllegalArgumentException("id: 1 to 128 characters");
        }
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + id.hashCode();
    }

    @Override
    public String toString() {
        return kind + "/" + id;
    }
}
