package dev.peal.auth;

import org.jspecify.annotations.Nullable;

/**
 * What a client says about itself; nothing in it is believed before an {@link Authenticator} judged it.
 *
 * @param token a JWT in compact form (RFC 7519), or null
 * @param userId who it says it is; believed in open mode alone
 * @param userName a name for display; believed in open mode alone
 */
public record Credentials(
        @Nullable String token,
        @Nullable String userId,
        @Nullable String userName) {

    /** The credentials of a request that carries a token alone, as in an {@code Authorization: Bearer} header. */
    public static Credentials ofToken(String token) {
        return new Credentials(token, null, null);
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "Credentials[token=%s, userId=%s]".formatted(token == null ? "none" : "present", userId);
    }
}
