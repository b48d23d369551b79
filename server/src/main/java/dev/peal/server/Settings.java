package dev.peal.server;

import dev.peal.docs.DocsConfig;
import dev.peal.hub.HubConfig;
import dev.peal.limit.ConnectionLimits;
import dev.peal.limit.Limit;
import dev.peal.limit.RateLimits;
import dev.peal.server.config.Config;
import dev.peal.server.config.Key;
import dev.peal.server.config.Keys;
import dev.peal.server.config.Mode;
import dev.peal.server.fallback.FallbackConfig;
import dev.peal.session.Connection;
import dev.peal.session.SessionConfig;
import dev.peal.time.Clock;
import dev.peal.transport.PeerCheck;
import dev.peal.transport.http.HttpConfig;
import dev.peal.transport.http.HttpLimits;
import dev.peal.transport.sse.StreamConfig;
import dev.peal.transport.ws.WebSocketConfig;
import dev.peal.websocket.DeflateConfig;
import dev.peal.websocket.HandshakeConfig;
import dev.peal.websocket.SiteRules;
import dev.peal.websocket.WebSocketLimits;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Turns the configuration into what each part declares to need, so that no part sees more of it. Pure. */
final class Settings {
    private static final String RATE_OF_OTHERS = "default";
    private static final int CLOSE_MILLIS = 5_000;

    private Settings() {}

    static HttpConfig http(Config config) {
        HttpLimits limits = new HttpLimits(
                config.get(Keys.HEADER_COUNT),
                bytes(config, Keys.HEADER_BYTES),
                bytes(config, Keys.BODY_BYTES),
                config.get(Keys.HANDSHAKE_TIME).toMillis(),
                config.get(Keys.IDLE_TIME).toMillis(),
                config.get(Keys.CONNECTIONS));
        return new HttpConfig(
                site(config), config.get(Keys.TRUSTED_PROXIES), config.get(Keys.PROXY_PROTOCOL), limits, peers(config));
    }

    static WebSocketConfig webSocket(Config config) {
        WebSocketLimits limits = new WebSocketLimits(
                bytes(config, Keys.FRAME_BYTES),
                bytes(config, Keys.MESSAGE_BYTES),
                config.get(Keys.FRAGMENTS),
                millis(config, Keys.MESSAGE_TIME),
                config.get(Keys.CONTROL_FRAMES_PER_SECOND));
        DeflateConfig usual = DeflateConfig.DEFAULT;
        DeflateConfig deflate = new DeflateConfig(
                config.get(Keys.COMPRESSION),
                bytes(config, Keys.COMPRESSION_THRESHOLD),
                config.get(Keys.COMPRESSION_LEVEL),
                config.get(Keys.COMPRESSION_MEM_LEVEL),
                usual.serverWindowBitsMax(),
                usual.clientWindowBitsMax(),
                config.get(Keys.COMPRESSION_CONCURRENT));
        return new WebSocketConfig(limits, new HandshakeConfig(site(config), deflate), CLOSE_MILLIS);
    }

    static SessionConfig session(Config config) {
        SessionConfig usual = SessionConfig.DEFAULT;
        int outboxBytes = bytes(config, Keys.OUTBOX_BYTES);
        return new SessionConfig(
                config.get(Keys.AUTH_MODE) == Mode.Auth.TOKEN,
                millis(config, Keys.AUTH_TIMEOUT),
                millis(config, Keys.PING_INTERVAL),
                millis(config, Keys.PING_TIMEOUT),
                outboxBytes,
                millis(config, Keys.OUTBOX_STALL),
                Math.clamp(outboxBytes / 2, Connection.FULL_BYTES, usual.readPauseBytes()),
                usual.heldMessagesMax(),
                config.get(Keys.ROOMS),
                millis(config, Keys.EXPIRY_NOTICE),
                millis(config, Keys.LEEWAY),
                usual.replayEntriesMax(),
                Math.min(usual.replayBytesMax(), outboxBytes / 2),
                new SessionConfig.Grace(millis(config, Keys.SESSION_GRACE), config.get(Keys.SESSIONS_AWAY)));
    }

    static HubConfig hub(Config config) {
        HubConfig usual = HubConfig.DEFAULT;
        return new HubConfig(
                bytes(config, Keys.BATCH_BYTES),
                config.get(Keys.ANNOUNCED_USERS),
                usual.countEveryMillis(),
                usual.announcementsMax(),
                usual.appendsMax());
    }

    static DocsConfig docs(Config config) {
        return DocsConfig.DEFAULT.withHistory(config.get(Keys.DOCS_HISTORY));
    }

    static ConnectionLimits connections(Config config) {
        return new ConnectionLimits(config.get(Keys.CONNECTIONS_PER_ADDRESS), config.get(Keys.CONNECTIONS));
    }

    static StreamConfig streams(Config config) {
        return new StreamConfig(millis(config, Keys.STREAM_HEARTBEAT), CLOSE_MILLIS, peers(config));
    }

    private static PeerCheck peers(Config config) {
        return new PeerCheck(millis(config, Keys.PING_INTERVAL), millis(config, Keys.PING_TIMEOUT));
    }

    static FallbackConfig fallback(Config config) {
        return new FallbackConfig(
                millis(config, Keys.STREAM_TICKET),
                Math.toIntExact(config.get(Keys.POLL_WAIT).toSeconds()));
    }

    static RateLimits rates(Config config, Clock clock) {
        Map<String, Limit> byType = new TreeMap<>(config.get(Keys.RATES));
        Limit others = byType.remove(RATE_OF_OTHERS);
        return new RateLimits(others == null ? Limit.BASE : others, byType, clock);
    }

    static SiteRules site(Config config) {
        return new SiteRules(config.get(Keys.PUBLIC_HOSTS), config.get(Keys.ALLOWED_ORIGINS));
    }

    private static int bytes(Config config, Key<Long> key) {
        return Math.toIntExact(config.get(key));
    }

    private static int millis(Config config, Key<Duration> key) {
        return Math.toIntExact(config.get(key).toMillis());
    }
}
