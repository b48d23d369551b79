package dev.peal.auth;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Arrays;
import java.util.Optional;

/** The signature algorithms (RFC 7518, RFC 8037) that an issuer may be configured for: exactly one each. */
public enum TokenAlgorithm {
    /** HMAC with SHA-256 and a shared secret of at least 32 bytes. */
    HS256(JWSAlgorithm.HS256),
    /** RSASSA-PKCS1-v1_5 with SHA-256 and a key of at least 2,048 bits. */
    RS256(JWSAlgorithm.RS256),
    /** ECDSA with P-256 and SHA-256. */
    ES256(JWSAlgorithm.ES256),
    /** Ed25519. */
    EDDSA(JWSAlgorithm.EdDSA);

    private final JWSAlgorithm jose;

    TokenAlgorithm(JWSAlgorithm jose) {
        this.jose = jose;
    }

    /** The algorithm of this name in a JOSE header, in exactly this spelling: {@code HS256}, {@code RS256}, {@code ES256}, {@code EdDSA}. */
    public static Optional<TokenAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.jose.getName().equals(name))
                .findFirst();
    }

    /** Its name in a JOSE header. */
    public String joseName() {
        return jose.getName();
    }

    JWSAlgorithm jose() {
        return jose;
    }
}
