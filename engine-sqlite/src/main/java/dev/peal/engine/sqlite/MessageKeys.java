package dev.peal.engine.sqlite;

import dev.peal.log.RoomKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The key under which a (room, sender, messageId) is remembered: the first 16 bytes of a SHA-256, so that rows are small and equal in size, and nobody can
 * choose an id that meets another's. Thread-confined.
 */
final class MessageKeys {
    static final int BYTES = 16;

    private final MessageDigest digest;

    MessageKeys() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    byte[] of(RoomKey room, String sender, String messageId) {
        part(room.kind());
        part(room.id());
        part(sender);
        part(messageId);
        return Arrays.copyOf(digest.digest(), BYTES);
    }

    /** Each part with its length before it: no two lists of parts give the same bytes. */
    private void part(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (bytes.length >> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
    }
}
