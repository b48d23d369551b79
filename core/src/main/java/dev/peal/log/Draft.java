package dev.peal.log;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be appended. The arrays and strings are handed over: nobody changes them afterwards.
 *
 * @param type the wire type of the push, such as {@code message}: 1–64 characters
 * @param sender who sends it: the user id, or the session where anonymous; the scope of {@code messageId}; at most 512 characters
 * @param messageId the client's idempotency key, 1–64 characters, or null for none
 * @param fingerprint what tells two payloads under one {@code messageId} apart: a hash of what the client sent (not of {@code data}, which carries a timestamp)
 * @param timeMillis wall-clock time of the entry
 * @param data the push's {@code data} object as UTF-8 JSON
 */
public record Draft(
        String type, String sender, @Nullable String messageId, long fingerprint, long timeMillis, byte[] data) {
    public Draft {
        Objects.requireNonNull(data);
        if (type.isEmpty() || type.length() > 64) {
            throw new IllegalArgumentException("type: 1 to 64 characters");
        }
        if (sender.length() > 512) {
            throw new IllegalArgumentException("sender: at most 512 characters");
        }
        if (messageId != null && (messageId.isEmpty() || messageId.length() > 64)) {
            throw new IllegalArgumentException("messageId: 1 to 64 characters");
        }
    }
}
