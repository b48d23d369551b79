package dev.peal.auth;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Public keys in text (RFC 7468): {@code PUBLIC KEY} and {@code CERTIFICATE}. A private key is refused: a server that verifies needs none. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    /** @throws IllegalArgumentException if the text holds no such block or more than one; the message does not quote it */
    static PublicKey publicKey(String text) {
        var blocks = BLOCK.matcher(text);
        if (text.contains("PRIVATE KEY-----") || !blocks.find()) {
            throw new IllegalArgumentException("a PEM text with one PUBLIC KEY or CERTIFICATE is wanted");
        }
        byte[] der = Base64.getMimeDecoder().decode(blocks.group(2));
        PublicKey key = blocks.group(1).equals("CERTIFICATE") ? ofCertificate(der) : ofKeyInfo(der);
        if (blocks.find()) {
            throw new IllegalArgumentException("a PEM text holds one key, not several");
        }
        return key;
    }

    private static PublicKey ofCertificate(byte[] der) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException("the PEM text holds no certificate that can be read");
        }
    }

    /** The structure names its algorithm, but the JDK wants to be told: each factory refuses what is not its own. */
    private static PublicKey ofKeyInfo(byte[] der) {
        var spec = new X509EncodedKeySpec(der);
        return Stream.of("RSA", "EC", "Ed25519")
                .flatMap(algorithm -> tryAs(algorithm, spec).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the PEM text holds no RSA, EC or Ed25519 public key"));
    }

    private static Optional<PublicKey> tryAs(String algorithm, X509EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(spec));
        } catch (GeneralSecurityException anotherAlgorithm) {
            return Optional.empty();
        }
    }
}
