package dev.peal.docs.access;

import dev.peal.auth.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The secret of a link: 256 random bits as 43 characters of base64url. Pure but for the random. */
final class LinkSecret {
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom random = new SecureRandom();

    private LinkSecret() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is kept of it, and looked up: how long that takes says nothing about the secret. */
    static String digest(String secret) {
        return Sha256.base64Url(secret);
    }

    /** The digest of what somebody sent; nothing where it cannot be a secret. */
    static Optional<String> digestOf(String sent) {
        return FORM.matcher(sent).matches() ? Optional.of(digest(sent)) : Optional.empty();
    }
}
