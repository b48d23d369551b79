package dev.peal.auth;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The keys of one issuer and the one algorithm that they are for. Thread-safe. */
public abstract sealed class IssuerKeys permits FixedKeys, JwksKeys {
    /** How a wish for newer keys ended. */
    enum Refresh {
        /** The keys are at least as new as the wish. */
        FRESH,
        /** A fetch that began before the wish has ended; the keys may be older than it. */
        OLDER,
        /** Not now: asked too often, failed, or too many are waiting. */
        DENIED,
        /** There is nowhere to ask. */
        NEVER
    }

    /** The algorithm that a token of this issuer must name. */
    abstract TokenAlgorithm algorithm();

    /** The keys that may have signed a token with this {@code kid}, at most {@link #CANDIDATES_MAX}; none if the issuer has none such at hand. */
    abstract List<VerificationKey> find(@Nullable String keyId);

    /** The most keys that are tried for one token, so that a token cannot cost more than so many signature checks. */
    static final int CANDIDATES_MAX = 4;

    /**
     * Asks the issuer for newer keys, if it may be asked now. Never blocks.
     *
     * @param wishNanos when the wish arose, on the monotonic clock
     * @param done called once: at once on this thread if nothing was asked, else on this package's own
     */
    abstract void refresh(long wishNanos, Consumer<Refresh> done);

    /**
     * HS256 by a shared secret; several while one is being replaced by the next.
     *
     * @throws IllegalArgumentException if there are none or more than {@value #CANDIDATES_MAX}
     */
    public static IssuerKeys secrets(List<Secret> secrets) {
        return new FixedKeys(
                TokenAlgorithm.HS256, secrets.stream().map(VerificationKey::of).toList());
    }

    /**
     * RS256, ES256 or EdDSA by public keys in PEM (RFC 7468): {@code PUBLIC KEY} or {@code CERTIFICATE}; several while one is being replaced by the next.
     *
     * @throws IllegalArgumentException if a text is none of both, a key does not fit the algorithm, or there are none or more than {@value #CANDIDATES_MAX}
     */
    public static IssuerKeys pem(TokenAlgorithm algorithm, List<String> pems) {
        return new FixedKeys(
                algorithm,
                pems.stream()
                        .map(pem -> VerificationKey.of(null, algorithm, Pem.publicKey(pem)))
                        .toList());
    }
}
