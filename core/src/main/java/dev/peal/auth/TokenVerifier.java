package dev.peal.auth;

import dev.peal.auth.AuthResult.Authenticated;
import dev.peal.auth.AuthResult.Refused;
import dev.peal.auth.IssuerKeys.Refresh;
import dev.peal.time.Clock;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Judges tokens (RFC 7519, with the practices of RFC 8725). Thread-safe.
 *
 * <p>The token's {@code iss} only selects among the configured issuers; algorithm, keys and audience then come from that issuer's configuration. The header's
 * {@code jku}, {@code x5u}, {@code jwk}, {@code x5c} are never looked at. Of a wrong token the reason is the first found in this order: shape, issuer, header,
 * key, signature, times, audience, subject.
 */
public final class TokenVerifier {
    /** The longest token that is looked at. */
    public static final int TOKEN_BYTES_MAX = 8192;

    /** How far clocks may differ unless configured otherwise, in milliseconds, at either end of a token's life. */
    public static final long LEEWAY_MILLIS_DEFAULT = 60_000;

    /** The most that clocks may differ by. */
    public static final long LEEWAY_MILLIS_MAX = 300_000;

    /** Absent, or one of these, of access tokens (RFC 7519 5.1, RFC 9068 2.1). */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final Map<String, TrustedIssuer> issuers = new HashMap<>();
    private final long leewayMillis;
    private final Clock clock;

    /** One with the usual leeway. */
    public TokenVerifier(List<TrustedIssuer> issuers, Clock clock) {
        this(issuers, LEEWAY_MILLIS_DEFAULT, clock);
    }

    /**
     * @param leewayMillis 0 to {@link #LEEWAY_MILLIS_MAX}
     * @throws IllegalArgumentException if two issuers have one name, or for another leeway
     */
    public TokenVerifier(List<TrustedIssuer> issuers, long leewayMillis, Clock clock) {
        if (leewayMillis < 0 || leewayMillis > LEEWAY_MILLIS_MAX) {
            throw new IllegalArgumentException("leewayMillis: 0 to " + LEEWAY_MILLIS_MAX);
        }
        this.leewayMillis = leewayMillis;
        this.clock = clock;
        for (var issuer : issuers) {
            if (this.issuers.put(issuer.issuer(), issuer) != null) {
                throw new IllegalArgumentException("two issuers are called " + issuer.issuer());
            }
        }
    }

    /** How far a token got without asking anybody. */
    private sealed interface Inspection {
        record Done(AuthResult result) implements Inspection {}

        /** No key at hand fits; a newer one may. */
        record NeedsKey(SignedToken token, TrustedIssuer issuer, RefusalReason otherwise) implements Inspection {}
    }

    /**
     * Judges a token.
     *
     * @param done called once: at once on this thread, or, if the issuer must be asked for a key, on this package's own thread
     */
    public void verify(String token, Consumer<AuthResult> done) {
        switch (inspect(token)) {
            case Inspection.Done(AuthResult result) -> done.accept(result);
            case Inspection.NeedsKey needsKey -> askForKey(needsKey, clock.nanos(), done);
        }
    }

    /** Judges a token by the keys at hand. */
    AuthResult verifyAtOnce(String token) {
        return switch (inspect(token)) {
            case Inspection.Done(AuthResult result) -> result;
            case Inspection.NeedsKey needsKey -> new Refused(needsKey.otherwise());
        };
    }

    private Inspection inspect(String token) {
        if (token.length() > TOKEN_BYTES_MAX) {
            return refused(RefusalReason.TOO_LONG);
        }
        try {
            var parsed = SignedToken.parse(token);
            var issuer = parsed.claims().text("iss").map(issuers::get);
            return issuer.isEmpty() ? refused(RefusalReason.UNKNOWN_ISSUER) : inspect(parsed, issuer.get());
        } catch (ParseException malformed) {
            return refused(RefusalReason.MALFORMED);
        }
    }

    private Inspection inspect(SignedToken token, TrustedIssuer issuer) {
        var wrong = wrongHeader(token, issuer);
        if (wrong.isPresent()) {
            return refused(wrong.get());
        }
        var keys = issuer.keys().find(token.keyId());
        if (keys.stream().anyMatch(key -> key.verifies(token))) {
            return new Inspection.Done(judgeClaims(token.claims(), issuer));
        }
        if (keys.isEmpty()) {
            return new Inspection.NeedsKey(token, issuer, RefusalReason.UNKNOWN_KEY);
        }
        // A token that names its key was refused by that key. One that does not may be by a key that is newer than
        // those at hand.
        return token.keyId() == null
                ? new Inspection.NeedsKey(token, issuer, RefusalReason.BAD_SIGNATURE)
                : refused(RefusalReason.BAD_SIGNATURE);
    }

    private void askForKey(Inspection.NeedsKey asked, long wishNanos, Consumer<AuthResult> done) {
        asked.issuer().keys().refresh(wishNanos, refresh -> {
            switch (refresh) {
                case NEVER -> done.accept(new Refused(asked.otherwise()));
                case DENIED -> done.accept(new Refused(RefusalReason.KEYS_UNAVAILABLE));
                case FRESH, OLDER -> {
                    var again = inspect(asked.token(), asked.issuer());
                    if (again instanceof Inspection.Done(AuthResult result)) {
                        done.accept(result);
                    } else if (refresh == Refresh.OLDER) {
                        askForKey(asked, wishNanos, done);
                    } else {
                        done.accept(new Refused(asked.otherwise()));
                    }
                }
            }
        });
    }

    private static Optional<RefusalReason> wrongHeader(SignedToken token, TrustedIssuer issuer) {
        var parameters = token.parameters();
        if (!issuer.keys().algorithm().jose().equals(token.header().getAlgorithm())) {
            return Optional.of(RefusalReason.WRONG_ALGORITHM);
        }
        if (parameters.containsKey("crit") || parameters.containsKey("b64")) {
            return Optional.of(RefusalReason.CRITICAL_HEADER);
        }
        var type = token.header().getType();
        boolean typed = type == null || TYPES.contains(type.getType().toLowerCase(Locale.ROOT));
        return typed && !parameters.containsKey("cty") ? Optional.empty() : Optional.of(RefusalReason.WRONG_TYPE);
    }

    private AuthResult judgeClaims(Claims claims, TrustedIssuer issuer) {
        try {
            var expires = claims.instantMillis("exp");
            if (expires.isEmpty()) {
                return new Refused(RefusalReason.NO_EXPIRY);
            }
            long issued = claims.instantMillis("iat").orElse(0);
            long validFrom = Math.max(issued, claims.instantMillis("nbf").orElse(0));
            long now = clock.millis();
            if (now >= expires.getAsLong() + leewayMillis) {
                return new Refused(RefusalReason.EXPIRED);
            }
            if (now < validFrom - leewayMillis) {
                return new Refused(RefusalReason.NOT_YET_VALID);
            }
            if (claims.audiences().stream().noneMatch(issuer.audiences()::contains)) {
                return new Refused(RefusalReason.WRONG_AUDIENCE);
            }
            return judgeSubject(claims, issuer, expires.getAsLong(), issued);
        } catch (ParseException malformed) {
            return new Refused(RefusalReason.MALFORMED);
        }
    }

    private static AuthResult judgeSubject(
            Claims claims, TrustedIssuer issuer, long expiresAtMillis, long issuedAtMillis) throws ParseException {
        String subject = claims.text("sub").orElse("");
        if (!UserIds.valid(subject)) {
            return new Refused(RefusalReason.BAD_SUBJECT);
        }
        if (UserIds.reservedForGuests(subject) != issuer.guests()) {
            return new Refused(RefusalReason.RESERVED_SUBJECT);
        }
        String name = UserIds.displayName(claims.text("name").orElse(""), UserIds.CODE_POINTS_MAX);
        return new Authenticated(new Identity(
                subject,
                name.isEmpty() ? subject : name,
                issuer.guests(),
                expiresAtMillis,
                issuedAtMillis,
                claims.rooms(),
                claims.text("jti").orElse(null)));
    }

    private static Inspection refused(RefusalReason reason) {
        return new Inspection.Done(new Refused(reason));
    }
}
