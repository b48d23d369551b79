package dev.peal.log;

import org.jspecify.annotations.Nullable;

/**
 * What is to be appended. The arrays and strings are handed over: nobody changes them afterwards.
 *
 * @param type the wire type of the push, such as {@code message}
 * @param sender who sends it: the user id, or the session where anonymous; the scope of {@code messageId}
 * @param messageId the client's idempotency key, at most 64 characters, or null for none
 * @param fingerprint what tells two payloads under one {@code messageId} apart: a hash of what the client sent (not of {@code data}, which carries a timestamp)
 * @param timeMillis wall-clock time of the entry
 * @param data the push's {@code data} object as UTF-8 JSON
 */
public record Draft(
        String type, String sender, @Nullable String messageId, long fingerprint, long timeMillis, byte[] data) {}
