package dev.peal.auth;

import dev.peal.auth.AuthResult.Authenticated;
import dev.peal.time.Clock;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Tokens for people who only chose a name: {@code POST /api/guest}. Thread-safe. The name is for display alone; the subject is random, and a guest is marked as
 * one. Guests have an issuer and a secret of their own, so that none of their tokens can pass as a user's.
 */
public final class GuestTokens {
    /** The {@code iss} of guests' tokens. */
    public static final String ISSUER = "peal-guests";

    /** The longest name, in code points. */
    public static final int NAME_CODE_POINTS_MAX = 40;

    /** How long a token lives unless configured otherwise: 24 h. */
    public static final long LIFETIME_MILLIS_DEFAULT = 86_400_000;

    /** What became of a wish for a token. */
    public sealed interface Result {
        /** A token, and whom it names. */
        record Issued(String token, Identity identity) implements Result {
            /** Never shows the token. */
            @Override
            public String toString() {
                return "Issued[" + identity.userId() + "]";
            }
        }

        /** The address had enough: 429. */
        record TooMany(long retryAfterMillis) implements Result {}

        /** The name has no printable character, or more than {@link GuestTokens#NAME_CODE_POINTS_MAX}: 400. */
        record BadName() implements Result {}

        /** What was to be renewed is no valid guest token: 401. */
        record Refused(RefusalReason reason) implements Result {}
    }

    private final String audience;
    private final Secret secret;
    private final long lifetimeMillis;
    private final Revocations revocations;
    private final ToLongFunction<InetAddress> quota;
    private final Clock clock;
    private final TokenSigner signer;
    private final TokenVerifier verifier;

    /**
     * @param audience {@code aud}, as of all tokens for this server
     * @param leewayMillis how far clocks may differ, for the renewal of a token
     * @param quota takes one token of an address's share: 0, or in how many milliseconds the next may be asked for
     */
    public GuestTokens(
            String audience,
            Secret secret,
            long lifetimeMillis,
            long leewayMillis,
            Revocations revocations,
            ToLongFunction<InetAddress> quota,
            Clock clock) {
        this.audience = audience;
        this.secret = secret;
        this.lifetimeMillis = lifetimeMillis;
        this.revocations = revocations;
        this.quota = quota;
        this.clock = clock;
        this.signer = new TokenSigner(ISSUER, audience, secret);
        this.verifier = new TokenVerifier(List.of(issuer()), leewayMillis, clock);
    }

    /** What a {@link TokenVerifier} needs to believe these tokens; where guests are switched off, it is left out. */
    public TrustedIssuer issuer() {
        return new TrustedIssuer(ISSUER, Set.of(audience), IssuerKeys.secrets(List.of(secret)), true);
    }

    /**
     * A token for a new guest.
     *
     * @param address who asks, for its quota
     */
    public Result issue(String name, InetAddress address) {
        if (!good(name)) {
            return new Result.BadName();
        }
        long retryAfterMillis = quota.applyAsLong(address);
        return retryAfterMillis > 0
                ? new Result.TooMany(retryAfterMillis)
                : issued(UserIds.GUEST_PREFIX + RandomIds.next(), name);
    }

    /**
     * A new token for the subject of a valid one; takes nothing of the quota, since it makes nobody new.
     *
     * @param token the guest's current token
     * @param name another name; the old one if empty
     */
    public Result renew(String token, Optional<String> name) {
        if (name.isPresent() && !good(name.get())) {
            return new Result.BadName();
        }
        return switch (verifier.verifyAtOnce(token)) {
            case Authenticated(Identity guest)
            when revocations.refuses(guest) -> new Result.Refused(RefusalReason.REVOKED);
            case Authenticated(Identity guest) -> issued(guest.userId(), name.orElse(guest.userName()));
            case AuthResult.Refused(RefusalReason reason) -> new Result.Refused(reason);
            case AuthResult.Anonymous() -> new Result.Refused(RefusalReason.NO_TOKEN);
        };
    }

    private Result issued(String subject, String name) {
        long now = clock.millis();
        var identity = new Identity(
                subject,
                UserIds.displayName(name, NAME_CODE_POINTS_MAX),
                true,
                (now + lifetimeMillis) / 1000 * 1000,
                now / 1000 * 1000,
                RoomGlobs.ALL,
                RandomIds.next());
        return new Result.Issued(signer.sign(identity), identity);
    }

    private static boolean good(String name) {
        return name.length() <= 2 * NAME_CODE_POINTS_MAX
                && name.codePointCount(0, name.length()) <= NAME_CODE_POINTS_MAX
                && !UserIds.displayName(name, NAME_CODE_POINTS_MAX).isEmpty();
    }
}
