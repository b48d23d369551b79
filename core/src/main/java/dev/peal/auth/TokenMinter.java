package dev.peal.auth;

import dev.peal.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mints users' tokens for the server that holds the same secret: {@code peal token}. Thread-safe. */
public final class TokenMinter {
    /** The longest a minted token may live: ten years. */
    public static final long LIFETIME_MILLIS_MAX = 315_360_000_000L;

    private final String issuer;
    private final String audience;
    private final Secret secret;
    private final TokenSigner signer;
    private final Clock clock;

    /** @param issuer {@code iss}, and {@code audience} {@code aud}, as the server is configured to expect them */
    public TokenMinter(String issuer, String audience, Secret secret, Clock clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.secret = secret;
        this.signer = new TokenSigner(issuer, audience, secret);
        this.clock = clock;
    }

    /** What a {@link TokenVerifier} needs to believe these tokens. */
    public TrustedIssuer issuer() {
        return new TrustedIssuer(issuer, Set.of(audience), IssuerKeys.secrets(List.of(secret)), false);
    }

    /**
     * Mints a token.
     *
     * @param userName for display; the user id if empty
     * @param lifetimeMillis 1 s to {@link #LIFETIME_MILLIS_MAX}
     * @throws IllegalArgumentException if the user id is none, is reserved for guests, or the lifetime is out of range
     */
    public String mint(String userId, Optional<String> userName, long lifetimeMillis, RoomGlobs rooms) {
        if (!UserIds.valid(userId)) {
            throw new IllegalArgumentException("a user id is 1 to 128 printable characters");
        }
        if (UserIds.reservedForGuests(userId)) {
            throw new IllegalArgumentException("user ids that begin with " + UserIds.GUEST_PREFIX + " are the guests'");
        }
        if (lifetimeMillis < 1000 || lifetimeMillis > LIFETIME_MILLIS_MAX) {
            throw new IllegalArgumentException("a token lives for 1 s to 10 years");
        }
        long now = clock.millis();
        String name = UserIds.displayName(userName.orElse(""), UserIds.CODE_POINTS_MAX);
        return signer.sign(new Identity(
                userId, name.isEmpty() ? userId : name, false, now + lifetimeMillis, now, rooms, RandomIds.next()));
    }
}
