package dev.peal.session;

import dev.peal.auth.Identity;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.ServerMessages;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a session that depends on time: pings, the time to authenticate, a token's expiry, a socket that takes nothing. Owned by the connection's
 * loop; times are those of {@link SessionLoop#nowMillis}, except a token's, which are wall-clock.
 */
final class Heartbeat {
    private static final int WATCH_MILLIS = 1_000;
    private static final int LONG_MILLIS = 60_000;

    private final Session session;
    private final Connection connection;
    private final int openedMillis;
    private int heardMillis;
    private int pingMillis;
    private boolean pinged;
    private boolean watched;
    private boolean noticed;

    Heartbeat(Session session, Connection connection, int nowMillis) {
        this.session = session;
        this.connection = connection;
        this.openedMillis = nowMillis;
        this.heardMillis = nowMillis;
        this.pingMillis = nowMillis + pingIntervalMillis();
    }

    void heard(int nowMillis) {
        heardMillis = nowMillis;
        pinged = false;
    }

    /** Milliseconds since the connection was opened, as long as it was awake; right up to 49 days. */
    long openedAgo(int nowMillis) {
        return Integer.toUnsignedLong(nowMillis - openedMillis);
    }

    /** Milliseconds since something last came. */
    long heardAgo(int nowMillis) {
        return Integer.toUnsignedLong(nowMillis - heardMillis);
    }

    void identified(@Nullable Identity identity) {
        noticed = false;
        if (identity != null && identity.expires()) {
            session.loop().wheel().put(session, WATCH_MILLIS);
        }
    }

    /** Bytes are pending: look at them soon and often. */
    void watch() {
        if (!watched) {
            watched = true;
            session.outbox().beginWatch(session.loop().nowMillis());
            session.loop().wheel().put(session, WATCH_MILLIS);
        }
    }

    int due(int nowMillis, boolean unauthenticated) {
        int next = LONG_MILLIS;
        if (unauthenticated) {
            int left = openedMillis + session.config().authenticationTimeoutMillis() - nowMillis;
            if (left <= 0) {
                session.close(CloseReason.AUTHENTICATION_TIMEOUT);
                return -1;
            }
            next = left;
        }
        int beat = beat(nowMillis);
        int expiry = beat < 0 ? -1 : expiry();
        if (expiry < 0) {
            return -1;
        }
        next = Math.min(next, Math.min(beat, expiry));
        if (watched) {
            if (session.outbox().stalled(nowMillis)) {
                session.close(CloseReason.SLOW_READER);
                return -1;
            }
            watched = session.outbox().hasPending();
            next = watched ? Math.min(next, WATCH_MILLIS) : next;
        }
        return next;
    }

    /** Pings in time and ends a connection that does not answer; -1 if it was ended. */
    private int beat(int nowMillis) {
        int timeout = session.config().pingTimeoutMillis();
        int interval = pingIntervalMillis();
        if (pinged) {
            int left = pingMillis - interval + timeout - nowMillis;
            if (left <= 0) {
                session.gone();
                connection.terminate();
                return -1;
            }
            return Math.min(left, Math.max(0, pingMillis - nowMillis));
        }
        if (pingMillis - nowMillis > 0) {
            return pingMillis - nowMillis;
        }
        pingMillis = nowMillis + interval;
        connection.ping();
        if (connection.unansweredPingMillis() > 0) {
            return interval;
        }
        pinged = true;
        return Math.min(timeout, interval);
    }

    private int pingIntervalMillis() {
        int unanswered = connection.unansweredPingMillis();
        return unanswered > 0 ? unanswered : session.config().pingIntervalMillis();
    }

    /** Tells of a token's coming expiry, and ends the session after it; -1 if it was ended. */
    private int expiry() {
        Identity identity = session.caller().identity();
        if (identity == null || !identity.expires()) {
            return LONG_MILLIS;
        }
        long left = identity.expiresAtMillis() - session.sessions().clock().millis();
        if (left + session.config().expiryLeewayMillis() <= 0) {
            session.close(CloseReason.TOKEN_EXPIRED);
            return -1;
        }
        if (!noticed && left <= session.config().expiryNoticeMillis()) {
            noticed = true;
            session.reply(ServerMessages.tokenExpiring(Math.max(0, left)));
        }
        long next = noticed
                ? left + session.config().expiryLeewayMillis()
                : left - session.config().expiryNoticeMillis();
        return (int) Math.max(0, Math.min(next, LONG_MILLIS));
    }
}
