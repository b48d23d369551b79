package dev.peal.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Reads a JWK Set (RFC 7517 5). What is for another purpose, of another kind, too weak or broken is left out, as the RFC says. */
final class JwksDocument {
    /** The most keys of one issuer that are kept. */
    static final int KEYS_MAX = 32;

    /** The SubjectPublicKeyInfo of an Ed25519 key up to the 32 bytes of the key itself (RFC 8410 4). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;

    private JwksDocument() {}

    /**
     * @return the keys for this algorithm, in the order published, at most {@link #KEYS_MAX}
     * @throws ParseException if it is no JWK Set
     */
    static List<VerificationKey> parse(String json, TokenAlgorithm algorithm) throws ParseException {
        var keys = new ArrayList<VerificationKey>();
        for (JWK jwk : JWKSet.parse(json).getKeys()) {
            if (keys.size() < KEYS_MAX && forSigning(jwk, algorithm)) {
                key(jwk, algorithm).ifPresent(keys::add);
            }
        }
        return List.copyOf(keys);
    }

    private static boolean forSigning(JWK jwk, TokenAlgorithm algorithm) {
        boolean use = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean operation =
                jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY);
        boolean named =
                jwk.getAlgorithm() == null || jwk.getAlgorithm().getName().equals(algorithm.joseName());
        return use && operation && named;
    }

    private static Optional<VerificationKey> key(JWK jwk, TokenAlgorithm algorithm) {
        try {
            return publicKey(jwk).map(key -> VerificationKey.of(jwk.getKeyID(), algorithm, key));
        } catch (JOSEException | GeneralSecurityException | IllegalArgumentException unfit) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> publicKey(JWK jwk) throws JOSEException, GeneralSecurityException {
        return switch (jwk) {
            case RSAKey rsa -> Optional.of(rsa.toRSAPublicKey());
            case ECKey ec -> Optional.of(ec.toECPublicKey());
            case OctetKeyPair pair -> ed25519(pair);
            default -> Optional.empty();
        };
    }

    private static Optional<PublicKey> ed25519(OctetKeyPair pair) throws GeneralSecurityException {
        byte[] x = pair.getX().decode();
        if (!pair.getCurve().getName().equals("Ed25519") || x.length != ED25519_BYTES) {
            return Optional.empty();
        }
        byte[] encoded = new byte[ED25519_PREFIX.length + x.length];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
        return Optional.of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    }
}
