package dev.peal.protocol;

/** Why the server ends a connection: the code and the reason of its close frame (RFC 6455, section 7.4). */
public enum CloseReason {
    BYE(1000, "bye", Reconnect.NO),
    GOING_AWAY(1001, "going away", Reconnect.BACK_OFF),
    PROTOCOL_ERROR(1002, "protocol error", Reconnect.NO),
    INVALID_MESSAGE_FORMAT(1003, "Invalid message format", Reconnect.NO),
    INVALID_TEXT(1007, "invalid UTF-8", Reconnect.NO),
    AUTHENTICATION_TIMEOUT(1008, "Authentication timeout", Reconnect.BACK_OFF),
    INVALID_AUTHENTICATION(1008, "Invalid authentication", Reconnect.WITH_NEW_TOKEN),
    NOT_AUTHENTICATED(1008, "Not authenticated", Reconnect.WITH_NEW_TOKEN),
    TOO_MANY_CONNECTIONS(1008, "Too many connections from this IP", Reconnect.BACK_OFF),
    MESSAGE_TOO_BIG(1009, "message too big", Reconnect.NO),
    INTERNAL_ERROR(1011, "internal error", Reconnect.BACK_OFF),
    RESTART(1012, "restart", Reconnect.BACK_OFF),
    OVERLOADED(1013, "overloaded", Reconnect.BACK_OFF),
    SLOW_READER(4001, "slow reader", Reconnect.BACK_OFF),
    TOKEN_EXPIRED(4401, "token expired", Reconnect.WITH_NEW_TOKEN),
    FORBIDDEN(4403, "forbidden", Reconnect.NO),
    REPLACED(4409, "replaced", Reconnect.NO);

    /** What a client may do after the close. */
    public enum Reconnect {
        /** The close is final: the same client would meet it again. */
        NO,
        /** Only with another token than the one just used. */
        WITH_NEW_TOKEN,
        /** After a growing, random delay; in the announced slot, where a {@code reconnect} message came before. */
        BACK_OFF
    }

    private final int code;
    private final String reason;
    private final Reconnect reconnect;

    CloseReason(int code, String reason, Reconnect reconnect) {
        this.code = code;
        this.reason = reason;
        this.reconnect = reconnect;
    }

    /** The status code, 1000 to 4999. */
    public int code() {
        return code;
    }

    /** The reason text, ASCII, at most 123 bytes. */
    public String reason() {
        return reason;
    }

    public Reconnect reconnect() {
        return reconnect;
    }
}
