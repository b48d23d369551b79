package dev.peal.auth;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Writes tokens byte by byte, right or wrong, with nothing but the JDK: no library stands between a test and what it wants to send. */
final class Forge {
    private final Map<String, @Nullable Object> header = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> claims = new LinkedHashMap<>();

    /** Signs bytes. */
    interface Signer {
        byte[] sign(byte[] input) throws GeneralSecurityException;
    }

    /** A token that is right, but for what is changed on it. */
    static Forge token(String algorithm, String issuer, long nowMillis) {
        var forge = new Forge();
        forge.header.put("alg", algorithm);
        forge.header.put("typ", "JWT");
        forge.claims.put("iss", issuer);
        forge.claims.put("aud", "peal");
        forge.claims.put("sub", "ann");
        forge.claims.put("iat", nowMillis / 1000);
        forge.claims.put("exp", nowMillis / 1000 + 3600);
        return forge;
    }

    Forge header(String name, @Nullable Object value) {
        header.put(name, value);
        return this;
    }

    Forge claim(String name, @Nullable Object value) {
        claims.put(name, value);
        return this;
    }

    Forge without(String name) {
        header.remove(name);
        claims.remove(name);
        return this;
    }

    String headerJson() {
        return JSONObjectUtils.toJSONString(header);
    }

    String claimsJson() {
        return JSONObjectUtils.toJSONString(claims);
    }

    String signed(Signer signer) {
        return raw(headerJson(), claimsJson(), signer);
    }

    static String raw(String headerJson, String claimsJson, Signer signer) {
        String input = encode(headerJson) + "." + encode(claimsJson);
        try {
            return input + "." + encode(signer.sign(input.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Signer hmac(byte[] secret) {
        return hmac("HmacSHA256", secret);
    }

    static Signer hmac(String algorithm, byte[] secret) {
        return input -> {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(input);
        };
    }

    static Signer by(TokenAlgorithm algorithm, PrivateKey key) {
        return by(
                switch (algorithm) {
                    case RS256 -> "SHA256withRSA";
                    case ES256 -> "SHA256withECDSAinP1363Format";
                    case EDDSA -> "Ed25519";
                    case HS256 -> throw new IllegalArgumentException("by hmac");
                },
                key);
    }

    static Signer by(String algorithm, PrivateKey key) {
        return input -> {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        };
    }

    static KeyPair keys(TokenAlgorithm algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(
                    switch (algorithm) {
                        case RS256 -> "RSA";
                        case ES256 -> "EC";
                        case EDDSA -> "Ed25519";
                        case HS256 -> throw new IllegalArgumentException("a secret is no pair");
                    });
            if (algorithm != TokenAlgorithm.EDDSA) {
                generator.initialize(algorithm == TokenAlgorithm.RS256 ? 2048 : 256);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static String pem(KeyPair keys) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
