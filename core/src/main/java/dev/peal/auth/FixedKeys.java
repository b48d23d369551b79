package dev.peal.auth;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keys from the configuration. They have no ids, so that each is tried whatever {@code kid} a token names. */
final class FixedKeys extends IssuerKeys {
    private final TokenAlgorithm algorithm;
    private final List<VerificationKey> keys;

    FixedKeys(TokenAlgorithm algorithm, List<VerificationKey> keys) {
        if (keys.isEmpty() || keys.size() > CANDIDATES_MAX) {
            throw new IllegalArgumentException("an issuer has 1 to " + CANDIDATES_MAX + " keys");
        }
        this.algorithm = algorithm;
        this.keys = keys;
    }

    @Override
    TokenAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    List<VerificationKey> find(@Nullable String keyId) {
        return keys;
    }

    @Override
    void refresh(long wishNanos, Consumer<Refresh> done) {
        done.accept(Refresh.NEVER);
    }
}
