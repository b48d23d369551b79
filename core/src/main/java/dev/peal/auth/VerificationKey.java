package dev.peal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * One key that an issuer signs with, and the one algorithm it is for. Thread-safe.
 *
 * @param id its {@code kid}; null if it has none, and then it is tried for any
 */
record VerificationKey(@Nullable String id, Check check) {
    private static final int RSA_BITS_MIN = 2048;
    private static final int ED25519_SIGNATURE_BYTES = 64;

    /** Whether a signature over bytes is this key's. */
    interface Check {
        boolean verifies(JWSHeader header, byte[] input, Base64URL signature)
                throws JOSEException, GeneralSecurityException;
    }

    static VerificationKey of(Secret secret) {
        try {
            return new VerificationKey(null, check(new MACVerifier(secret.bytes())));
        } catch (JOSEException tooShort) {
            throw new IllegalArgumentException("not a secret for HS256");
        }
    }

    /** @throws IllegalArgumentException if the key is of another kind than the algorithm needs, or too weak */
    static VerificationKey of(@Nullable String id, TokenAlgorithm algorithm, PublicKey key) {
        try {
            return new VerificationKey(
                    id,
                    switch (algorithm) {
                        case RS256 -> check(new RSASSAVerifier(strong(cast(RSAPublicKey.class, algorithm, key))));
                        case ES256 -> check(new ECDSAVerifier(cast(ECPublicKey.class, algorithm, key)));
                        case EDDSA -> ed25519(cast(EdECPublicKey.class, algorithm, key));
                        case HS256 -> throw new IllegalArgumentException("HS256 has a secret, no public key");
                    });
        } catch (JOSEException unfit) {
            throw new IllegalArgumentException("not a key for " + algorithm.joseName() + ": " + unfit.getMessage());
        }
    }

    /** Whether the token's signature is this key's. */
    boolean verifies(SignedToken token) {
        try {
            return check.verifies(token.header(), token.signingInput(), token.signature());
        } catch (JOSEException | GeneralSecurityException malformedSignature) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "VerificationKey[" + id + "]";
    }

    private static Check check(JWSVerifier verifier) {
        return verifier::verify;
    }

    /** By the JDK (JEP 339), since the library's own verifier needs another library. */
    private static Check ed25519(EdECPublicKey key) {
        if (!key.getParams().getName().equals("Ed25519")) {
            throw new IllegalArgumentException("EdDSA needs an Ed25519 key");
        }
        return (header, input, signature) -> {
            byte[] bytes = signature.decode();
            if (bytes.length != ED25519_SIGNATURE_BYTES) {
                return false;
            }
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(input);
            return verifier.verify(bytes);
        };
    }

    private static RSAPublicKey strong(RSAPublicKey key) {
        if (key.getModulus().bitLength() < RSA_BITS_MIN) {
            throw new IllegalArgumentException("an RSA key has at least " + RSA_BITS_MIN + " bits");
        }
        return key;
    }

    private static <K extends PublicKey> K cast(Class<K> kind, TokenAlgorithm algorithm, PublicKey key) {
        if (!kind.isInstance(key)) {
            throw new IllegalArgumentException(
                    algorithm.joseName() + " needs another kind of key than " + key.getAlgorithm());
        }
        return kind.cast(key);
    }
}
