package dev.peal.app;

import dev.peal.hub.Resident;
import dev.peal.log.RoomKey;
import org.jspecify.annotations.Nullable;

/**
 * The room that a message is about, at the moment at which it is handled.
 *
 * @param key which room
 * @param member whether the calling connection is in it
 * @param users how many users are in it
 * @param timeMillis wall-clock time
 * @param resident what the application keeps about the room ({@link App#residents}); null where it keeps nothing
 */
public record RoomView(
        RoomKey key,
        boolean member,
        int users,
        long timeMillis,
        @Nullable Resident resident) {
    /** What the application keeps about the room. */
    public <R extends Resident> R resident(Class<R> type) {
        Resident there = resident;
        if (there == null) {
            throw new IllegalStateException("rooms of the kind " + key.kind() + " have no residents");
        }
        return type.cast(there);
    }
}
