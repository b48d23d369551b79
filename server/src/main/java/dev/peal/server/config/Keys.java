package dev.peal.server.config;

import dev.peal.auth.TokenAlgorithm;
import dev.peal.docs.History;
import dev.peal.limit.Cidr;
import dev.peal.limit.Limit;
import dev.peal.protocol.Durability;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The table of all settings. */
public final class Keys {
    private static final List<Key<?>> TABLE = new ArrayList<>();
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    public static final Key<List<String>> HOST = key(
            "server.host",
            Kinds.words(
                    "IP addresses, or localhost for 127.0.0.1 and ::1",
                    "localhost|[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*"),
            "localhost",
            "Where to listen. Any other address needs TLS, a trusted proxy or server.plaintext.");
    public static final Key<Integer> PORT =
            key("server.port", Kinds.integer(0, 65_535), "8080", "The port; 0 takes a free one.");
    public static final Key<Path> DATA =
            key("server.data", Kinds.path(), "data", "The folder of rooms, secrets and the lock.");
    public static final Key<Mode.Transport> TRANSPORT = key(
            "server.transport",
            Kinds.choice(Mode.Transport.class),
            "auto",
            "The kernel interface; auto takes the best that there is.");
    public static final Key<Integer> LOOPS =
            key("server.loops", Kinds.integer(0, 1_024), "0", "Event loops, a thread each; 0: one per core.");
    public static final Key<List<String>> PUBLIC_HOSTS = key(
            "server.publicHosts",
            Kinds.words("names in lower case, as chat.example.org or chat.example.org:8443", "[a-z0-9_.\\[\\]:-]+"),
            "",
            "Names beside localhost, 127.0.0.1 and [::1] under which clients reach this server. Requests for any other name are refused.");
    public static final Key<Boolean> PLAINTEXT = key(
            "server.plaintext",
            Kinds.flag(),
            "false",
            "Confirms that an address other than loopback may be served without TLS.");

    public static final Key<List<String>> ALLOWED_ORIGINS = key(
            "http.allowedOrigins",
            Kinds.words(
                    "origins as browsers write them, as https://app.example.org, or same-origin",
                    "same-origin|https?://[a-z0-9_.\\[\\]:-]+"),
            "same-origin",
            "Whose pages may open WebSockets and post. Clients that are no browser send no origin and are not affected.");
    public static final Key<List<Cidr>> TRUSTED_PROXIES = key(
            "http.trustedProxies",
            Kinds.networks(),
            "",
            "Reverse proxies whose word on the client's address (X-Forwarded-For) is taken.");
    public static final Key<Boolean> PROXY_PROTOCOL = key(
            "http.proxyProtocol",
            Kinds.flag(),
            "false",
            "Whether those proxies begin each connection with a PROXY protocol header.");

    public static final Key<Optional<Path>> TLS_CERT =
            key("tls.cert", Kinds.optionalPath(), "", "Certificate chain, PEM.");
    public static final Key<Optional<Path>> TLS_KEY =
            key("tls.key", Kinds.optionalPath(), "", "Its private key: PKCS#8 PEM, not encrypted.");

    public static final Key<Mode.Auth> AUTH_MODE = key(
            "auth.mode",
            Kinds.choice(Mode.Auth.class),
            "token",
            "token: every user has a signed token. open: clients are who they say; for development.");
    public static final Key<List<String>> ANONYMOUS = key(
            "auth.anonymous",
            Kinds.words("market", "market"),
            "market",
            "What may be read without signing in: market (/stream and /api/symbols), or nothing.");
    public static final Key<Boolean> OPEN_TO_NETWORK = key(
            "auth.openToNetwork",
            Kinds.flag(),
            "false",
            "Confirms open mode on an address other than loopback: anyone there can be anyone.");
    public static final Key<TokenAlgorithm> ALGORITHM = key(
            "auth.algorithm",
            Kinds.word("one of HS256, RS256, ES256, EdDSA", TokenAlgorithm::named),
            "HS256",
            "The one signature algorithm that is accepted.");
    public static final Key<Optional<Path>> SECRET_FILE = key(
            "auth.secretFile",
            Kinds.optionalPath(),
            "",
            "For HS256: a file with the shared secret, 32 bytes at least; without it one is made in the data folder.");
    public static final Key<Optional<Path>> PUBLIC_KEY_FILE = key(
            "auth.publicKeyFile",
            Kinds.optionalPath(),
            "",
            "For the other algorithms: a file with the issuer's public keys, PEM.");
    public static final Key<Optional<URI>> JWKS_URL = key(
            "auth.jwksUrl",
            Kinds.url(),
            "",
            "For the other algorithms, in place of a file: where the issuer publishes its keys; https, or http on this machine.");
    public static final Key<String> ISSUER =
            key("auth.issuer", name("an issuer"), "peal", "The exact iss of users' tokens.");
    public static final Key<String> AUDIENCE = key("auth.audience", name("an audience"), "peal", "What aud must name.");
    public static final Key<Mode.Guests> GUESTS = key(
            "auth.guests",
            Kinds.choice(Mode.Guests.class),
            "auto",
            "Whether POST /api/guest gives tokens to guests; auto: unless an issuer of users is configured.");
    public static final Key<Integer> GUESTS_PER_HOUR =
            key("auth.guestsPerHour", Kinds.integer(1, 1_000_000), "10", "New guests from one address in an hour.");
    public static final Key<Duration> GUEST_LIFETIME =
            key("auth.guestLifetime", Kinds.time("1m", "365d"), "24h", "How long a guest's token lives.");
    public static final Key<Duration> AUTH_TIMEOUT = key(
            "auth.timeout", Kinds.time("100ms", "10m"), "10s", "How long a connection may stay without signing in.");
    public static final Key<Duration> LEEWAY = key(
            "auth.leeway",
            Kinds.time("0s", "5m"),
            "60s",
            "How far the issuer's clock and this one's may differ: a token is good for so much longer, and sooner.");
    public static final Key<Duration> EXPIRY_NOTICE = key(
            "auth.expiryNotice", Kinds.time("0s", "1h"), "60s", "How long before its token expires a client is told.");

    public static final Key<Integer> CONNECTIONS =
            key("limits.connections", Kinds.integer(1, 10_000_000), "100000", "Connections at once.");
    public static final Key<Integer> CONNECTIONS_PER_ADDRESS = key(
            "limits.connectionsPerAddress",
            Kinds.integer(1, 10_000_000),
            "10",
            "WebSockets, event streams and waiting polls at once from one IPv4 address or IPv6 /64.");
    public static final Key<Limit> READS_PER_ADDRESS = key(
            "limits.readsPerAddress",
            Kinds.rate(),
            "10/1s",
            "How often one address may open an event stream, ask for a ticket, poll or read an application's routes.");
    public static final Key<Long> FRAME_BYTES =
            key("limits.frameBytes", Kinds.size("125B", "1GiB"), "256KiB", "Payload of one WebSocket frame.");
    public static final Key<Long> MESSAGE_BYTES = key(
            "limits.messageBytes", Kinds.size("125B", "1GiB"), "1MiB", "Payload of one WebSocket message, inflated.");
    public static final Key<Integer> FRAGMENTS =
            key("limits.fragments", Kinds.integer(1, 1_000_000), "1024", "Frames of one message.");
    public static final Key<Duration> MESSAGE_TIME = key(
            "limits.messageTime", Kinds.time("100ms", "1h"), "30s", "Time from a message's first byte to its last.");
    public static final Key<Integer> CONTROL_FRAMES_PER_SECOND = key(
            "limits.controlFramesPerSecond",
            Kinds.integer(1, 1_000_000),
            "100",
            "Pings, pongs and closes from one connection.");
    public static final Key<Integer> HEADER_COUNT =
            key("limits.headerCount", Kinds.integer(10, 1_000), "100", "Header lines of an HTTP request.");
    public static final Key<Long> HEADER_BYTES =
            key("limits.headerBytes", Kinds.size("1KiB", "1MiB"), "8KiB", "Request line and header lines together.");
    public static final Key<Long> BODY_BYTES =
            key("limits.bodyBytes", Kinds.size("1KiB", "16MiB"), "64KiB", "Body of an HTTP request.");
    public static final Key<Duration> HANDSHAKE_TIME = key(
            "limits.handshakeTime",
            Kinds.time("100ms", "5m"),
            "10s",
            "Time for a request's head, for its body, and for the TLS handshake.");
    public static final Key<Duration> IDLE_TIME = key(
            "limits.idleTime",
            Kinds.time("100ms", "1h"),
            "15s",
            "How long an HTTP connection is kept between requests.");
    public static final Key<Long> OUTBOX_BYTES = key(
            "limits.outboxBytes",
            Kinds.size("64KiB", "1GiB"),
            "1MiB",
            "What may wait for one slow reader before its room's policy acts.");
    public static final Key<Duration> OUTBOX_STALL =
            key("limits.outboxStall", Kinds.time("100ms", "1h"), "10s", "How long a reader may take nothing at all.");
    public static final Key<Integer> ROOMS =
            key("limits.roomsPerConnection", Kinds.integer(1, 100_000), "100", "Rooms that one connection may be in.");
    public static final Key<Integer> SUBSCRIPTIONS = key(
            "limits.subscriptionsPerConnection",
            Kinds.integer(1, 100_000),
            "1000",
            "What one connection may follow of the market: symbols, candles and tickers.");
    public static final Key<Long> BATCH_BYTES = key(
            "limits.batchBytes",
            Kinds.size("1KiB", "16MiB"),
            "256KiB",
            "A batch of a room is written when it weighs so much.");

    public static final Key<Duration> PING_INTERVAL =
            key("heartbeat.interval", Kinds.time("200ms", "1h"), "28s", "How often the server pings.");
    public static final Key<Duration> PING_TIMEOUT = key(
            "heartbeat.timeout", Kinds.time("100ms", "1h"), "10s", "How long after a ping something must have come.");

    public static final Key<Duration> STREAM_HEARTBEAT = key(
            "events.heartbeat",
            Kinds.time("1s", "10m"),
            "15s",
            "How often an event stream without news carries a comment; shorter than any proxy's idle time.");
    public static final Key<Duration> STREAM_TICKET = key(
            "events.ticketLifetime",
            Kinds.time("1s", "30s"),
            "30s",
            "How long a ticket from POST /api/ticket may open an event stream.");
    public static final Key<Duration> POLL_WAIT = key(
            "polling.waitMax",
            Kinds.time("0s", "60s"),
            "60s",
            "How long a poll may wait for something to come, whatever it asks for.");

    public static final Key<Duration> SESSION_GRACE = key(
            "session.grace",
            Kinds.time("100ms", "10m"),
            "20s",
            "How long after a lost connection a client that asked for a session may come back without a leave being announced.");
    public static final Key<Integer> SESSIONS_AWAY = key(
            "session.awayMax",
            Kinds.integer(0, 10_000_000),
            "100000",
            "Sessions without a connection at once; beyond it a lost connection leaves at once.");
    public static final Key<Integer> ANNOUNCED_USERS = key(
            "presence.announcedUsers",
            Kinds.integer(1, 10_000_000),
            "1000",
            "In a room of more users, their number is announced in place of every join and leave.");

    public static final Key<Boolean> COMPRESSION =
            key("compression.enabled", Kinds.flag(), "true", "Whether permessage-deflate is agreed to.");
    public static final Key<Long> COMPRESSION_THRESHOLD =
            key("compression.threshold", Kinds.size("0B", "1GiB"), "1KiB", "Shorter messages are sent plain.");
    public static final Key<Integer> COMPRESSION_LEVEL =
            key("compression.level", Kinds.integer(1, 9), "3", "1 is fast, 9 is small.");
    public static final Key<Integer> COMPRESSION_MEM_LEVEL =
            key("compression.memLevel", Kinds.integer(1, 9), "7", "zlib's memory level.");
    public static final Key<Integer> COMPRESSION_CONCURRENT = key(
            "compression.concurrent",
            Kinds.integer(1, 1_024),
            "10",
            "Compressions at once; what comes while all are taken is sent plain.");

    public static final Key<Mode.Engine> LOG_ENGINE = key(
            "log.engine",
            Kinds.choice(Mode.Engine.class),
            "sqlite",
            "Where rooms are kept. memory: lost with the process.");
    public static final Key<Duration> LOG_AGE =
            key("log.retention.age", Kinds.time("1m", "36500d"), "30d", "Older entries are trimmed.");
    public static final Key<Long> LOG_ENTRIES = key(
            "log.retention.entries",
            Kinds.count(),
            "unlimited",
            "Entries kept in each room; the oldest go first. The newest one always stays.");
    public static final Key<Long> LOG_BYTES = key(
            "log.retention.bytes",
            Kinds.size("1MiB", "1024GiB"),
            "10GiB",
            "What the data folder's log may take in all; the oldest entries of all rooms go first. For rooms in memory: what each may take.");

    public static final Key<History> DOCS_HISTORY = key(
            "docs.history",
            Kinds.word("all, versions, or a number of days as 90d", Keys::history),
            "all",
            "How much of a document's past is kept beside its text and its named versions: all of it, the last day (versions), or so many days.");

    public static final Key<Boolean> MARKET =
            key("market.enabled", Kinds.flag(), "true", "Whether there is a market, on /stream.");
    public static final Key<List<Mode.Market>> MARKET_SOURCE = key(
            "market.source",
            Kinds.choices(Mode.Market.class),
            "exchange",
            "Where the market comes from: the embedded exchange, a replay of recorded trades, what programs send (ingest). More than one where no two have the same symbol.");
    public static final Key<String> REPLAY_FILE = key(
            "market.replay.file",
            Kinds.text("a path, or sample"),
            "sample",
            "The recorded trades: a CSV of time_ms,symbol,trade_id,side,price,size, plain or gzipped; sample: real ones that come with the program.");
    public static final Key<Integer> REPLAY_SPEED = key(
            "market.replay.speed", Kinds.integer(1, 1_000), "1", "How many times as fast as it was the replay goes.");
    public static final Key<List<Traded>> INGEST_SYMBOLS = key(
            "market.ingest.symbols",
            Kinds.list("symbols with the steps of their prices and sizes, as ACME=0.01/1", Traded::read),
            "",
            "The symbols that programs may send.");
    public static final Key<Integer> MARKET_SEED = key(
            "market.seed",
            Kinds.integer(0, Integer.MAX_VALUE),
            "1",
            "What the embedded exchange's agents throw their dice from.");
    public static final Key<Integer> MARKET_UPDATES = key(
            "market.updatesPerSecond",
            Kinds.integer(1, 1_000),
            "20",
            "How often a reader that does not say is told of each price, book and candle, at most.");

    public static final Key<Duration> DRAIN = key(
            "shutdown.drain", Kinds.time("0s", "10m"), "10s", "Over which time clients are sent away at a shutdown.");

    /** What one client may send, by message type. */
    public static final Family<Limit> RATES = new Family<>(
            "rate.",
            Pattern.compile("[a-z][a-z0-9_]{0,63}"),
            "<message type>",
            Kinds.rate(),
            Map.ofEntries(
                    Map.entry("default", "10/60s"),
                    Map.entry("chat", "10/60s"),
                    Map.entry("message", "10/60s"),
                    Map.entry("authenticate", "60/60s"),
                    Map.entry("typing", "120/60s"),
                    Map.entry("join_room", "120/60s"),
                    Map.entry("leave_room", "120/60s"),
                    Map.entry("presence", "60/60s"),
                    Map.entry("history", "120/60s"),
                    Map.entry("search", "30/60s"),
                    Map.entry("read", "120/60s"),
                    Map.entry("notifications", "120/60s"),
                    Map.entry("http_write", "120/60s"),
                    Map.entry("ping", "120/60s"),
                    Map.entry("operation", "1200/60s"),
                    Map.entry("cursor_position", "1200/60s"),
                    Map.entry("join_document", "120/60s"),
                    Map.entry("leave_document", "120/60s"),
                    Map.entry("document_at", "60/60s"),
                    Map.entry("comment", "60/60s"),
                    Map.entry("comments", "60/60s"),
                    Map.entry("version", "30/60s"),
                    Map.entry("versions", "60/60s"),
                    Map.entry("restore", "20/60s"),
                    Map.entry("authorship", "60/60s"),
                    Map.entry("history_of", "120/60s"),
                    Map.entry("subscribe", "1200/60s"),
                    Map.entry("unsubscribe", "1200/60s"),
                    Map.entry("snapshot", "600/60s"),
                    Map.entry("candles", "600/60s"),
                    Map.entry("ticker", "600/60s"),
                    Map.entry("place", "600/60s"),
                    Map.entry("cancel", "600/60s"),
                    Map.entry("account", "60/60s"),
                    Map.entry("authorize", "10/60s"),
                    Map.entry("ingest", "12000/60s")),
            "How often one user may send a message of that type; http_write: call a route of an application that changes something; default is for all that are not named.");

    /** What an acknowledgement promises, by room kind. */
    public static final Family<Durability> DURABILITY = new Family<>(
            "log.durability.",
            KIND,
            "<room kind>",
            Kinds.choice(Durability.class),
            Map.of(),
            "disk: an acknowledged entry is on the disk (the default with sqlite). memory: it is lost with the process.");

    /** Retention by room kind, over what is said for all. */
    public static final Family<Duration> KIND_AGE = retention("age", Kinds.time("1m", "36500d"), "log.retention.age");

    public static final Family<Long> KIND_ENTRIES = retention("entries", Kinds.count(), "log.retention.entries");
    public static final Family<Long> KIND_BYTES = new Family<>(
            "log.retention.bytes.",
            KIND,
            "<room kind>",
            Kinds.size("1KiB", "1024GiB"),
            Map.of(),
            "Bytes of messages kept in each room of that kind, within log.retention.bytes for all of them.");

    private Keys() {}

    private static Optional<History> history(String text) {
        return switch (text) {
            case "all" -> Optional.of(History.ALL);
            case "versions" -> Optional.of(History.VERSIONS);
            default ->
                text.matches("[1-9][0-9]{0,4}d")
                        ? Optional.of(History.days(Integer.parseInt(text.substring(0, text.length() - 1))))
                        : Optional.empty();
        };
    }

    private static <T> Family<T> retention(String what, Kind<T> kind, String usual) {
        return new Family<>(
                "log.retention." + what + ".",
                KIND,
                "<room kind>",
                kind,
                Map.of(),
                "In place of " + usual + " for rooms of that kind.");
    }

    /** Every single setting, in the order of this table. */
    static List<Key<?>> all() {
        return List.copyOf(TABLE);
    }

    /** The settings that come in families. */
    static List<Family<?>> families() {
        return List.of(RATES, DURABILITY, KIND_AGE, KIND_ENTRIES, KIND_BYTES);
    }

    private static <T> Key<T> key(String name, Kind<T> kind, String fallback, String doc) {
        Key<T> key = new Key<>(name, kind, fallback, doc);
        TABLE.add(key);
        return key;
    }

    private static Kind<String> name(String what) {
        return Kinds.word(
                what + ", 1 to 256 characters without spaces",
                text -> text.matches("\\S{1,256}") ? Optional.of(text) : Optional.empty());
    }
}
