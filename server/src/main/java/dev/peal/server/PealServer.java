package dev.peal.server;

import dev.peal.app.App;
import dev.peal.app.Apps;
import dev.peal.app.StreamApp;
import dev.peal.auth.ApiKeys;
import dev.peal.chat.ChatApp;
import dev.peal.docs.DocsApp;
import dev.peal.docs.access.DocumentAccess;
import dev.peal.docs.comments.Comments;
import dev.peal.docs.versions.Versions;
import dev.peal.hub.Hub;
import dev.peal.limit.ConnectionLimits;
import dev.peal.limit.RateLimits;
import dev.peal.server.config.Config;
import dev.peal.server.config.Keys;
import dev.peal.server.config.Mode;
import dev.peal.server.config.Setting;
import dev.peal.session.Sessions;
import dev.peal.time.Clock;
import dev.peal.transport.EventLoops;
import dev.peal.transport.TransportKind;
import dev.peal.transport.TransportUnavailable;
import dev.peal.transport.http.HttpServer;
import dev.peal.transport.http.Tls;
import dev.peal.transport.http.WebSocketUpgrade;
import dev.peal.transport.ws.SessionReceivers;
import dev.peal.transport.ws.WebSockets;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. Thread-safe.
 *
 * <pre>{@code
 * try (PealServer server = PealServer.builder().set("server.port", "9000").app(new MyApp()).start()) {
 *     …
 * }
 * }</pre>
 */
public final class PealServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PealServer.class);
    private static final int DRAIN_MILLIS_PER_CONNECTION = 20;
    private static final int GOODBYE_MILLIS_MAX = 2_000;

    private final Config config;
    private final EventLoops loops;
    private final HttpServer http;
    private final Sessions sessions;
    private final Deque<AutoCloseable> parts;
    private final AtomicBoolean draining;
    private final AtomicBoolean closed = new AtomicBoolean();

    private PealServer(
            Config config,
            EventLoops loops,
            HttpServer http,
            Sessions sessions,
            Deque<AutoCloseable> parts,
            AtomicBoolean draining) {
        this.config = config;
        this.loops = loops;
        this.http = http;
        this.sessions = sessions;
        this.parts = parts;
        this.draining = draining;
    }

    /** A server with the chat, the documents, the market and every setting at its default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The port that it listens on. */
    public int port() {
        return http.port();
    }

    /** Where a browser on this machine finds it. */
    public URI uri() {
        String scheme = config.get(Keys.TLS_CERT).isPresent() ? "https" : "http";
        return URI.create(scheme + "://localhost:" + port() + "/");
    }

    /** The configuration in force. */
    public Config config() {
        return config;
    }

    /** The kernel interface in use, and why none of the better ones. */
    EventLoops loops() {
        return loops;
    }

    /**
     * Ends the server so that nothing acknowledged is lost and everybody knows when to come back: accepts nobody, sends each client away in its slot of the drain
     * time, completes the log. Blocks until all is done; a second call does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        draining.set(true);
        http.close();
        sendAway();
        closeAll(parts);
    }

    /** A few clients are sent away at once; only many need the whole drain time, so that they do not come back all together. */
    private void sendAway() {
        int over = (int)
                Math.min(config.get(Keys.DRAIN).toMillis(), (long) http.connections() * DRAIN_MILLIS_PER_CONNECTION);
        CountDownLatch away = new CountDownLatch(1);
        sessions.drain(over, away::countDown);
        try {
            if (away.await(over + (long) GOODBYE_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
                http.hangUp();
                http.awaitNoConnections(GOODBYE_MILLIS_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the owner is in a hurry: on with the log, which must not be skipped
        }
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                // The other parts must still be closed: what one could not do is said, and the next one's turn comes.
                LOG.error("a part of the server did not close", e);
            }
        }
    }

    /** Gathers what a server is to be. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Setting> settings = new LinkedHashMap<>();
        private final List<App> apps = new ArrayList<>(List.of(new ChatApp()));
        private final List<StreamApp> streams = new ArrayList<>();
        private boolean docs = true;
        private boolean market = true;
        private Optional<Config> config = Optional.empty();
        private Clock clock = Clock.SYSTEM;

        private Builder() {}

        /** Sets a configuration key, as a flag would. */
        public Builder set(String key, String value) {
            settings.put(key, new Setting(value, "program"));
            return this;
        }

        /** Takes a whole configuration that was read already; {@link #set} is then of no effect. */
        public Builder config(Config read) {
            config = Optional.of(read);
            return this;
        }

        /** Sets what time it is. */
        Builder clock(Clock other) {
            clock = other;
            return this;
        }

        /** Adds an application beside the chat, the documents and the market. */
        public Builder app(App app) {
            apps.add(app);
            return this;
        }

        /** Adds an application without rooms beside the market. */
        public Builder stream(StreamApp app) {
            streams.add(app);
            return this;
        }

        /** Leaves the chat out. */
        public Builder withoutChat() {
            apps.removeIf(ChatApp.class::isInstance);
            return this;
        }

        /** Leaves the documents out. */
        public Builder withoutDocs() {
            docs = false;
            return this;
        }

        /** Leaves the market out, whatever the configuration says. */
        public Builder withoutMarket() {
            market = false;
            return this;
        }

        /**
         * Starts the server; it listens when this returns.
         *
         * @throws dev.peal.server.config.ConfigException for a configuration that cannot be
         * @throws StartException where this machine does not let it: the port, the folder, the files
         */
        public PealServer start() {
            Config effective = config.orElseGet(() -> Config.of(settings));
            Deque<AutoCloseable> parts = new ArrayDeque<>();
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            parts.push(registry::close);
            try {
                List<App> all = new ArrayList<>(apps);
                if (docs) {
                    all.add(docs(effective));
                }
                List<StreamApp> allStreams = new ArrayList<>(streams);
                if (market && effective.get(Keys.MARKET)) {
                    allStreams.add(MarketSetup.app(effective, new MarketMetrics(registry)));
                }
                return assemble(effective, clock, new Apps(all, allStreams), registry, parts);
            } catch (RuntimeException e) {
                closeAll(parts);
                throw e;
            }
        }
    }

    private static DocsApp docs(Config config) {
        return DocsApp.builder()
                .config(Settings.docs(config))
                .records(new DocumentAccess(config.get(Keys.AUTH_MODE) == Mode.Auth.OPEN))
                .companions(new Comments())
                .companions(new Versions())
                .build();
    }

    /** Makes the parts from the inside out; {@code parts} gathers what is to be closed, the latest first. */
    private static PealServer assemble(
            Config config, Clock clock, Apps apps, PrometheusMeterRegistry registry, Deque<AutoCloseable> parts) {
        Optional<SslContext> tls = tls(config);
        DataFolder folder = opened(parts, DataFolder.take(config.get(Keys.DATA)));
        Accounts accounts = Accounts.open(config, folder.path(), clock);
        accounts.keys().ifPresent(parts::push);
        EventLoops loops = opened(parts, loops(config));
        Logs log = opened(parts, Logs.open(config, folder.path(), apps, clock));
        Metrics metrics = new Metrics(registry).withProcess();
        Hub hub = new Hub(log, loops.owners(), Settings.hub(config), metrics, apps.kinds(), apps.residents());
        RateLimits rates = Settings.rates(config, clock);
        Sessions sessions = sessions(config, apps, accounts, log, hub, rates, metrics, clock);
        accounts.revocations().listen(sessions::revoke);
        parts.push(apps::stop);
        ApiKeys keys = opened(parts, ServerRoutes.keys(folder.path()));
        apps.start(hub, log, log.store(), keys, clock).toCompletableFuture().join();
        ConnectionLimits limits = Settings.connections(config);
        WebSockets webSockets = opened(
                parts,
                new WebSockets(
                        Settings.webSocket(config),
                        loops.group(),
                        new SessionReceivers(sessions, hub.loops(), limits),
                        metrics));
        AtomicBoolean draining = new AtomicBoolean();
        ServerRoutes.Inside inside =
                new ServerRoutes.Inside(apps, accounts, log, hub, sessions, limits, rates, metrics, draining::get);
        HttpServer http = listen(
                config,
                loops,
                new HttpServer.Parts(
                        Settings.http(config),
                        ServerRoutes.of(config, folder.path(), inside, keys, clock),
                        apps.paths(),
                        new WebSocketUpgrade(webSockets),
                        tls,
                        registry));
        return new PealServer(config, loops, http, sessions, parts, draining);
    }

    private static Sessions sessions(
            Config config,
            Apps apps,
            Accounts accounts,
            Logs log,
            Hub hub,
            RateLimits rates,
            Metrics metrics,
            Clock clock) {
        Sessions.Services services = new Sessions.Services(
                hub, log, log.search(), apps, accounts.authenticator(), rates, Logs.durability(config), clock, metrics);
        return new Sessions(services, Settings.session(config));
    }

    private static HttpServer listen(Config config, EventLoops loops, HttpServer.Parts parts) {
        try {
            return HttpServer.start(loops, Addresses.of(config), parts);
        } catch (HttpServer.BindFailed e) {
            throw new StartException("server.host, server.port: " + e.getMessage(), e);
        }
    }

    private static EventLoops loops(Config config) {
        int loops = config.get(Keys.LOOPS);
        try {
            return switch (config.get(Keys.TRANSPORT)) {
                case AUTO -> EventLoops.best(loops);
                case IO_URING -> EventLoops.forced(TransportKind.IO_URING, loops);
                case EPOLL -> EventLoops.forced(TransportKind.EPOLL, loops);
                case KQUEUE -> EventLoops.forced(TransportKind.KQUEUE, loops);
                case NIO -> EventLoops.forced(TransportKind.NIO, loops);
            };
        } catch (TransportUnavailable e) {
            throw new StartException("server.transport: " + e.getMessage(), e);
        }
    }

    /** Reads the certificate, so that a wrong one stops the start before anything is opened. */
    static Optional<SslContext> tls(Config config) {
        Optional<Path> certificate = config.get(Keys.TLS_CERT);
        Optional<Path> key = config.get(Keys.TLS_KEY);
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Tls.context(certificate.get(), key.get()));
        } catch (IllegalArgumentException e) {
            throw new StartException("tls.cert, tls.key: " + e.getMessage(), e);
        }
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> parts, T part) {
        parts.push(part);
        return part;
    }
}
