package dev.peal.auth;

import java.util.Objects;

/** A user or a token that is refused from now on. */
public sealed interface Revocation {
    /** Whether it refuses this identity. */
    boolean refuses(Identity identity);

    /**
     * Every token of a user that is not newer than an instant.
     *
     * @param notAfterMillis wall-clock; a token issued at or before it is refused (a token knows whole seconds, and one that does not say when counts as old)
     */
    record OfUser(String userId, long notAfterMillis) implements Revocation {
        public OfUser {
            Objects.requireNonNull(userId, "userId");
        }

        @Override
        public boolean refuses(Identity identity) {
            return identity.issuedAtMillis() <= notAfterMillis
                    && identity.userId().equals(userId);
        }
    }

    /**
     * One token.
     *
     * @param tokenId its {@code jti}
     * @param expiresAtMillis its own expiry, after which it need not be remembered; {@link Identity#NEVER} if unknown
     */
    record OfToken(String tokenId, long expiresAtMillis) implements Revocation {
        public OfToken {
            Objects.requireNonNull(tokenId, "tokenId");
        }

        @Override
        public boolean refuses(Identity identity) {
            return tokenId.equals(identity.tokenId());
        }
    }
}
