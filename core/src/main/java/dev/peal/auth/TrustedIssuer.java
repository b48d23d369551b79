package dev.peal.auth;

import java.util.Set;

/**
 * An issuer whose tokens are believed, and the keys by which: no other issuer's key counts for its tokens, whatever id it has.
 *
 * @param issuer the exact {@code iss}
 * @param audiences of which a token's {@code aud} must name one
 * @param guests whether its subjects are guests
 */
public record TrustedIssuer(String issuer, Set<String> audiences, IssuerKeys keys, boolean guests) {
    /** @throws IllegalArgumentException if the issuer is empty or there is no audience */
    public TrustedIssuer {
        if (issuer.isEmpty()) {
            throw new IllegalArgumentException("an issuer has a name");
        }
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException(
                    "an issuer has an audience, or its tokens for other servers would count here");
        }
        audiences = Set.copyOf(audiences);
    }

    /** An issuer of users. */
    public TrustedIssuer(String issuer, String audience, IssuerKeys keys) {
        this(issuer, Set.of(audience), keys, false);
    }
}
