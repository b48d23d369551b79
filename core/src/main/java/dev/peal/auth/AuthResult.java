package dev.peal.auth;

/** What an {@link Authenticator} found. */
public sealed interface AuthResult {
    /** The caller is known. */
    record Authenticated(Identity identity) implements AuthResult {}

    /** Open mode alone: the caller did not say who it is and need not; its session stays without a user. */
    record Anonymous() implements AuthResult {}

    /**
     * The caller is not who it says, or cannot prove it. The reason is for metrics and DEBUG lines; a client learns {@code Invalid authentication} and, if the
     * reason is {@link RefusalReason#temporary}, that it may try again.
     */
    record Refused(RefusalReason reason) implements AuthResult {}
}
