package dev.peal.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A key to the server API, as it is kept: without its secret, of which only the SHA-256 is known. The secret has 256 random bits, so that a fast hash is enough:
 * the slow ones (bcrypt, Argon2) make up for passwords that can be guessed, and would cost each request a tenth of a second here.
 *
 * <p>As text a key reads {@code pk_<id>_<secret>}: the id says which one it is, in logs and in lists, and opens nothing.
 *
 * @param id 12 of {@code a-z 0-9}
 * @param name what it is for, in the words of who made it: 1–64 printable characters
 * @param scopes what it may be used for; at least one
 * @param createdMillis wall-clock time at which it was made
 * @param hash SHA-256 of the secret's text, in hexadecimal
 */
public record ApiKey(String id, String name, Set<ApiScope> scopes, long createdMillis, String hash) {
    /** How every key begins, so that scanners for leaked secrets can find one. */
    public static final String PREFIX = "pk_";

    /** The longest name, in characters. */
    public static final int NAME_LENGTH_MAX = 64;

    private static final Pattern TEXT = Pattern.compile("pk_([a-z0-9]{12})_([A-Za-z0-9_-]{43})");
    private static final Pattern ID = Pattern.compile("[a-z0-9]{12}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String ID_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @throws IllegalArgumentException for a part that breaks its rule */
    public ApiKey {
        scopes = Set.copyOf(scopes);
        if (!ID.matcher(id).matches() || !HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("id: 12 of a-z 0-9; hash: 64 of 0-9 a-f");
        }
        if (name.length() > NAME_LENGTH_MAX || !UserIds.valid(name)) {
            throw new IllegalArgumentException("name: 1 to " + NAME_LENGTH_MAX + " printable characters");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("scopes: at least one");
        }
    }

    /**
     * A key that was just made, with its text, which is known at this moment alone.
     *
     * @param text what its owner sends
     */
    public record Made(ApiKey key, String text) {
        /** Never shows the secret. */
        @Override
        public String toString() {
            return "Made[" + key.id() + "]";
        }
    }

    /** What a client sent, taken apart; its secret stays in this package. */
    record Presented(String id, String secret) {
        /** The parts of a text that has the form of a key. */
        static Optional<Presented> of(String text) {
            var parts = TEXT.matcher(text);
            return parts.matches() ? Optional.of(new Presented(parts.group(1), parts.group(2))) : Optional.empty();
        }

        @Override
        public String toString() {
            return "Presented[" + id + "]";
        }
    }

    /**
     * Makes a key.
     *
     * @throws IllegalArgumentException for a name or scopes that break their rules
     */
    public static Made make(String name, Set<ApiScope> scopes, long nowMillis) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_LETTERS.charAt(RANDOM.nextInt(ID_LETTERS.length())));
        }
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        ApiKey key = new ApiKey(id.toString(), name, scopes, nowMillis, hash(secret));
        return new Made(key, PREFIX + id + "_" + secret);
    }

    /** Whether the secret is this key's; takes as long for a wrong one as for the right one. */
    boolean opensWith(String secret) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), hash(secret).getBytes(StandardCharsets.US_ASCII));
    }

    private static String hash(String secret) {
        return HexFormat.of().formatHex(Sha256.of(secret.getBytes(StandardCharsets.US_ASCII)));
    }
}
