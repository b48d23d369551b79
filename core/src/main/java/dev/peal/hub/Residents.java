package dev.peal.hub;

import java.util.Optional;
import java.util.function.Consumer;

/** Makes the {@link Resident} of each room of a kind. */
@FunctionalInterface
public interface Residents {
    /**
     * Loads what is kept about a room that opens. Nothing is asked of the room, and nobody is in it, until the answer is there. Called on the room's owner; must
     * not block or throw.
     *
     * @param done to be called once, on the room's owner, at once or later; with nothing where it cannot be loaded: the room is then unavailable for those who
     *     wait for it, and opens anew for who comes next
     */
    void open(OpenRoom room, Consumer<Optional<Resident>> done);
}
