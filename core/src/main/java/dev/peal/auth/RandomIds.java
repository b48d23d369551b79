package dev.peal.auth;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids that nobody can guess: 128 random bits as 22 characters of base64url. */
public final class RandomIds {
    private static final int BYTES = 16;
    private static final SecureRandom random = new SecureRandom();

    private RandomIds() {}

    /** The next one. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
