package dev.peal.protocol;

import java.util.Locale;

/** Why a message had no effect: the {@code data} of an {@code error}. The connection stays. */
public enum ErrorCode {
    INVALID_MESSAGE("Invalid message format", false),
    UNKNOWN_TYPE("Unknown message type", false),
    NOT_AUTHENTICATED("Not authenticated", false),
    RATE_LIMITED("Rate limit exceeded", true),
    NOT_A_MEMBER("Not a member", false),
    FORBIDDEN("Forbidden", false),
    TOO_MANY_ROOMS("Too many rooms", false),
    MESSAGE_ID_REUSED("Message id reused with another payload", false),
    INVALID_OPERATION("Operation not allowed", false),
    REVISION_UNKNOWN("Revision unknown", false),
    REVISION_PRUNED("Revision no longer available", false),
    READ_ONLY("Read only", false),
    NOT_FOUND("Not found", false),
    LIMIT_REACHED("Limit reached", false),
    CONFLICT("Conflict", true),
    UNAVAILABLE("Temporarily unavailable", true),
    INTERNAL_ERROR("Internal error", true);

    private final String wire = name().toLowerCase(Locale.ROOT);
    private final String message;
    private final boolean retry;

    ErrorCode(String message, boolean retry) {
        this.message = message;
        this.retry = retry;
    }

    /** The stable name in snake case, the field {@code code}. */
    public String wire() {
        return wire;
    }

    /** The text for a person, the field {@code message}, unless a reply says something more exact. */
    public String message() {
        return message;
    }

    /** Whether the same message, sent again later, may succeed: the field {@code retry}. */
    public boolean retry() {
        return retry;
    }
}
