package dev.peal.websocket;

/** Why a handshake was refused; the code is stable, for metrics and logs. */
public enum HandshakeFailure {
    METHOD("method", 405),
    HTTP_VERSION("http_version", 400),
    TARGET("target", 400),
    BODY("body", 400),
    /** None, several, or no host at all. */
    HOST_MALFORMED("host_malformed", 400),
    /** A name that this server does not answer to. */
    HOST_UNKNOWN("host_unknown", 421),
    /** A plain request where only WebSocket is spoken. */
    UPGRADE_MISSING("upgrade_missing", 426),
    UPGRADE("upgrade", 400),
    CONNECTION("connection", 400),
    /** Any version but 13, also none: the answer names the one that works. */
    VERSION("version", 426),
    VERSION_REPEATED("version_repeated", 400),
    KEY("key", 400),
    ORIGIN("origin", 403),
    EXTENSIONS("extensions", 400);

    private final String code;
    private final int status;

    HandshakeFailure(String code, int status) {
        this.code = code;
        this.status = status;
    }

    /** Stable, lower case, of letters and underscores. */
    public String code() {
        return code;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }
}
