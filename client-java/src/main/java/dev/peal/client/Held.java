package dev.peal.client;

/** The server cannot take a publish now: it, and what its room has behind it, waits for {@code millis} and goes again. */
public record Held(String roomId, String messageId, String code, long millis) {}
