package dev.peal.websocket;

/** The status codes of the closing handshake (RFC 6455, section 7.4, and the IANA registry it founded). */
public final class CloseStatus {
    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int UNSUPPORTED_DATA = 1003;
    /** Never on the wire: stands for a close frame without a code. */
    public static final int NO_STATUS = 1005;

    public static final int INVALID_PAYLOAD = 1007;
    public static final int POLICY_VIOLATION = 1008;
    public static final int TOO_BIG = 1009;
    public static final int INTERNAL_ERROR = 1011;
    public static final int RESTART = 1012;
    public static final int TRY_AGAIN_LATER = 1013;

    private CloseStatus() {}

    /**
     * Whether a close frame may carry the code: one of those that RFC 6455 and the registry define for the wire (1000-1003,
     * 1007-1014), or one of the ranges for libraries and applications (3000-4999).
     */
    public static boolean isSendable(int code) {
        return (code >= NORMAL && code <= UNSUPPORTED_DATA)
                || (code >= INVALID_PAYLOAD && code <= 1014)
                || (code >= 3000 && code <= 4999);
    }
}
