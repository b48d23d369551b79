package dev.peal.auth;

import java.util.Locale;

/** Why a caller was refused: for metrics and DEBUG lines, never for the client. */
public enum RefusalReason {
    /** Token mode and no token. */
    NO_TOKEN,
    /** Longer than {@link TokenVerifier#TOKEN_BYTES_MAX}. */
    TOO_LONG,
    /** Not a signed JWT in compact form, or JSON of the wrong shape, or a claim of the wrong type. */
    MALFORMED,
    /** The token names another algorithm than its issuer is configured for. */
    WRONG_ALGORITHM,
    /** {@code typ} or {@code cty} is not that of an access token. */
    WRONG_TYPE,
    /** It carries {@code crit} or {@code b64}: extensions that this server does not speak. */
    CRITICAL_HEADER,
    /** {@code iss} is missing or not configured. */
    UNKNOWN_ISSUER,
    /** No key of the issuer has the token's {@code kid}, also after asking anew. */
    UNKNOWN_KEY,
    /** The signature is none of the issuer's keys'. */
    BAD_SIGNATURE,
    /** {@code exp} is missing. */
    NO_EXPIRY,
    /** Past {@code exp} and the leeway. */
    EXPIRED,
    /** Before {@code nbf} or {@code iat}, by more than the leeway. */
    NOT_YET_VALID,
    /** {@code aud} is missing or names somebody else. */
    WRONG_AUDIENCE,
    /** {@code sub}, or the user id in open mode, is missing or no user id ({@link UserIds}). */
    BAD_SUBJECT,
    /** A guest's subject from another issuer, or a guest's token with a subject that is none. */
    RESERVED_SUBJECT,
    /** The user or the token was revoked. */
    REVOKED,
    /** The issuer's keys cannot be had now: never fetched yet, asked too often, or too many callers waiting. */
    KEYS_UNAVAILABLE;

    /** Whether the same token may be good later: the connection is closed with 1013 (back off), not 1008. */
    public boolean temporary() {
        return this == KEYS_UNAVAILABLE;
    }

    /** The value of the metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
