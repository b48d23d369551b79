package dev.peal.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** A key shared by who signs and who verifies. Its bytes stay in this package, and its text says only how long it is. */
public final class Secret {
    /** The shortest secret for HS256 (RFC 7518 3.2), in bytes. */
    public static final int BYTES_MIN = 32;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        if (bytes.length < BYTES_MIN) {
            throw new IllegalArgumentException("a secret has at least " + BYTES_MIN + " bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    /**
     * A secret of these bytes.
     *
     * @throws IllegalArgumentException if it is shorter than {@link #BYTES_MIN}; the message does not show it
     */
    public static Secret of(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /**
     * A secret written as text, as in a configuration: the bytes of its UTF-8.
     *
     * @throws IllegalArgumentException if it is shorter than {@link #BYTES_MIN}; the message does not show it
     */
    public static Secret ofText(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A new one: 32 bytes that nobody can guess. */
    static Secret random() {
        byte[] bytes = new byte[BYTES_MIN];
        new SecureRandom().nextBytes(bytes);
        return new Secret(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "Secret[" + bytes.length + " bytes]";
    }
}
