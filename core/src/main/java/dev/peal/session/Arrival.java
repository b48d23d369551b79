package dev.peal.session;

import dev.peal.auth.Identity;
import dev.peal.protocol.Position;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a client before its connection was made.
 *
 * @param identity null in open mode alone: nobody in particular
 * @param session whether it wants a session that outlives the connection
 * @param sessionId the one to go on with, or null
 * @param notifiedUpTo the last of its notifications that it has, or null for those that are unread
 */
public record Arrival(
        @Nullable Identity identity,
        boolean session,
        @Nullable String sessionId,
        @Nullable Position notifiedUpTo) {
    /** Of a client that wants nothing but to be known. */
    public static Arrival of(@Nullable Identity identity) {
        return new Arrival(identity, false, null, null);
    }

    boolean wantsSession() {
        return session || sessionId != null;
    }

    /** Without the session: this may reach a log. */
    @Override
    public String toString() {
        return "Arrival[identity=" + identity + "]";
    }
}
