package dev.peal.app;

import dev.peal.auth.Identity;
import dev.peal.hub.Who;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a message.
 *
 * @param who whom the connection counts as
 * @param identity what was proven; null while anonymous
 */
public record Caller(Who who, @Nullable Identity identity) {
    /** The user, or null while the connection is anonymous. */
    public @Nullable String userId() {
        return who.userId();
    }

    /** The user's name, or null where none is known. */
    public @Nullable String userName() {
        return who.userName();
    }

    /** The user; of an anonymous connection (open mode alone) whom the message claims. A claim never overrides a user. */
    public @Nullable String userIdOr(@Nullable String claimed) {
        return who.userId() == null ? claimed : who.userId();
    }

    /** Whether the caller's token lets it into a room; one without a list of rooms lets it into all. */
    public boolean mayEnter(String roomId) {
        return identity == null || identity.rooms().allows(roomId);
    }
}
