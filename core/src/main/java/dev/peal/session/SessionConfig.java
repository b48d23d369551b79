package dev.peal.session;

/**
 * The limits of sessions. Times in milliseconds, sizes in bytes.
 *
 * @param authenticationRequired token mode: the first message must authenticate
 * @param authenticationTimeoutMillis token mode: how long a connection may stay unauthenticated
 * @param pingIntervalMillis how often the server pings
 * @param pingTimeoutMillis how long after a ping something must have come
 * @param outboxBytesMax what a connection may have pending before its rooms find it full
 * @param outboxStallMillis how long a connection may have bytes pending without taking one
 * @param readPauseBytes reading pauses while more than this is pending; at least {@link Connection#FULL_BYTES}
 * @param heldMessagesMax messages that may wait while an authentication is under way
 * @param roomsMax rooms that one connection may be in
 * @param expiryNoticeMillis how long before its token expires a client is told
 * @param expiryLeewayMillis how long after its token's expiry a session may go on
 * @param replayEntriesMax entries read at once when a room is replayed
 * @param replayBytesMax bytes read at once when a room is replayed
 * @param grace how long a session outlives its connection
 */
public record SessionConfig(
        boolean authenticationRequired,
        int authenticationTimeoutMillis,
        int pingIntervalMillis,
        int pingTimeoutMillis,
        int outboxBytesMax,
        int outboxStallMillis,
        int readPauseBytes,
        int heldMessagesMax,
        int roomsMax,
        int expiryNoticeMillis,
        int expiryLeewayMillis,
        int replayEntriesMax,
        int replayBytesMax,
        Grace grace) {
    /** Token mode with the limits of the protocol. */
    public static final SessionConfig DEFAULT = new SessionConfig(
            true,
            10_000,
            28_000,
            10_000,
            1 << 20,
            10_000,
            256 << 10,
            256,
            100,
            60_000,
            60_000,
            512,
            256 << 10,
            Grace.DEFAULT);

    /**
     * How long a session outlives its connection.
     *
     * @param millis after a lost connection; from 1
     * @param sessionsMax how many may be without one at once; beyond it a lost connection leaves at once; from 0
     */
    public record Grace(int millis, int sessionsMax) {
        /** 20 s, 100,000 sessions. */
        public static final Grace DEFAULT = new Grace(20_000, 100_000);

        public Grace {
            // Nothing of the outer class is used here: its own DEFAULT needs this one's to be there first.
            if (millis < 1 || sessionsMax < 0) {
                throw new IllegalArgumentException("grace: millis from 1, sessionsMax from 0");
            }
        }
    }

    public SessionConfig {
        positive(authenticationTimeoutMillis, "authenticationTimeoutMillis");
        positive(pingIntervalMillis, "pingIntervalMillis");
        positive(pingTimeoutMillis, "pingTimeoutMillis");
        positive(outboxBytesMax, "outboxBytesMax");
        positive(outboxStallMillis, "outboxStallMillis");
        if (readPauseBytes < Connection.FULL_BYTES) {
            throw new IllegalArgumentException("readPauseBytes: from " + Connection.FULL_BYTES);
        }
        positive(heldMessagesMax, "heldMessagesMax");
        positive(roomsMax, "roomsMax");
        positive(replayEntriesMax, "replayEntriesMax");
        positive(replayBytesMax, "replayBytesMax");
        if (expiryNoticeMillis < 0 || expiryLeewayMillis < 0) {
            throw new IllegalArgumentException("expiry times: not negative");
        }
    }

    private static void positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": from 1");
        }
    }
}
