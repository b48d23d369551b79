package dev.peal.auth;

import java.util.function.Consumer;

/** The port that tells who a caller is. Implementations are thread-safe, never block the calling thread and never throw. */
@FunctionalInterface
public interface Authenticator {
    /**
     * Judges credentials.
     *
     * @param done called exactly once: before this returns, on the calling thread, or later, on a thread of the authenticator; it must not block or throw
     */
    void authenticate(Credentials credentials, Consumer<AuthResult> done);
}
