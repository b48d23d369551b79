package dev.peal.auth;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who a caller is, as judged by an {@link Authenticator}. One is held for each live session, so it holds no token and no claims.
 *
 * @param userId the token's subject: 1 to 128 code points, printable ({@link UserIds})
 * @param userName the name for display: 1 to 128 code points; the user id where the token has none
 * @param guest whether it comes from this server's guest issuer
 * @param expiresAtMillis wall-clock expiry without leeway, {@link #NEVER} in open mode
 * @param issuedAtMillis wall-clock instant of issue, whole seconds in a token; 0 if the token does not say
 * @param rooms which chat rooms it may enter (the token's {@code rooms} claim)
 * @param tokenId the token's {@code jti}, by which {@link Revocations} knows it; null if it has none
 */
public record Identity(
        String userId,
        String userName,
        boolean guest,
        long expiresAtMillis,
        long issuedAtMillis,
        RoomGlobs rooms,
        @Nullable String tokenId) {

    /** The expiry of an identity that does not expire. */
    public static final long NEVER = Long.MAX_VALUE;

    /** @throws IllegalArgumentException if the user id is none ({@link UserIds#valid}) */
    public Identity {
        if (!UserIds.valid(userId)) {
            throw new IllegalArgumentException("not a user id");
        }
        Objects.requireNonNull(userName, "userName");
        Objects.requireNonNull(rooms, "rooms");
    }

    /** Whether it has an end, after which the session must be closed with 4401. */
    public boolean expires() {
        return expiresAtMillis != NEVER;
    }
}
