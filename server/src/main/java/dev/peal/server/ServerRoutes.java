package dev.peal.server;

import dev.peal.app.Apps;
import dev.peal.auth.ApiKeyFile;
import dev.peal.auth.ApiKeys;
import dev.peal.auth.ApiScope;
import dev.peal.hub.Hub;
import dev.peal.limit.AddressLimit;
import dev.peal.limit.ConnectionLimits;
import dev.peal.limit.RateLimits;
import dev.peal.server.api.Guard;
import dev.peal.server.api.ServerApi;
import dev.peal.server.api.StoredRevocations;
import dev.peal.server.config.Config;
import dev.peal.server.config.Keys;
import dev.peal.server.config.Mode;
import dev.peal.server.fallback.Fallback;
import dev.peal.server.fallback.Server;
import dev.peal.server.request.Callers;
import dev.peal.server.route.AppRoutes;
import dev.peal.server.route.Writes;
import dev.peal.session.Sessions;
import dev.peal.store.Store;
import dev.peal.time.Clock;
import dev.peal.transport.http.HttpHandler;
import dev.peal.transport.http.Response;
import dev.peal.transport.http.Routes;
import dev.peal.transport.http.StaticPages;
import dev.peal.transport.sse.EventStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What answers by HTTP: the server's state, guests' tokens, the server API, the pages, the applications' own routes. */
final class ServerRoutes {
    private static final String PAGES = "META-INF/peal/web";
    private static final String DESCRIPTIONS = "/dev/peal/spec/";

    private static final Response CHAT_PAGE =
            Response.empty(302).with("Location", "/").with("Cache-Control", "no-store");

    private ServerRoutes() {}

    /** The parts of a server that its routes lead to. */
    record Inside(
            Apps apps,
            Accounts accounts,
            Logs log,
            Hub hub,
            Sessions sessions,
            ConnectionLimits limits,
            RateLimits rates,
            Metrics metrics,
            BooleanSupplier draining) {}

    /**
     * Reads the keys to the server API. Blocks on a file.
     *
     * @throws StartException where they cannot be read
     */
    static ApiKeys keys(Path folder) {
        try {
            return ApiKeys.open(ApiKeyFile.in(folder));
        } catch (IOException e) {
            throw new StartException("server.data: " + e.getMessage(), e);
        }
    }

    /**
     * Puts the routes together. Blocks on files and on the store; not on an event loop.
     *
     * @throws StartException where revocations cannot be read
     * @throws IllegalArgumentException where an application's route is one that there is
     */
    static Routes of(Config config, Path folder, Inside inside, ApiKeys keys, Clock clock) {
        Routes.Builder routes = Routes.builder();
        Guard guard = new Guard(keys, clock, inside.metrics()::apiRefused);
        addStatus(routes, config, folder, inside, clock);
        routes.get("/metrics", metrics(config, inside, guard));
        inside.accounts()
                .guests()
                .ifPresent(guests -> routes.postFromPages("/api/guest", Settings.site(config), new GuestRoute(guests)));
        Callers callers = callers(config, inside, clock);
        Fallback.add(
                routes, Settings.site(config), Settings.fallback(config), fallback(config, callers, inside, clock));
        try {
            ServerApi.add(routes, guard, api(inside, clock), clock);
            addDescription(routes, "openapi.json");
            addDescription(routes, "asyncapi.json");
        } catch (IOException e) {
            throw new StartException("server.data: " + e.getMessage(), e);
        }
        StaticPages.load(PealServer.class.getClassLoader(), PAGES).addTo(routes);
        // Who types the address of chat's WebSocket into a browser means the page. A handshake is told apart before any
        // route.
        routes.get("/chat", request -> CompletableFuture.completedStage(CHAT_PAGE));
        Writes writes = new Writes(inside.rates(), clock, inside.metrics()::rateLimited);
        AppRoutes.add(
                routes, Settings.site(config), callers, writes, inside.apps().routes());
        return routes.build();
    }

    private static void addStatus(Routes.Builder routes, Config config, Path folder, Inside inside, Clock clock) {
        boolean onDisk = config.get(Keys.LOG_ENGINE) != Mode.Engine.MEMORY;
        Optional<Path> probed = onDisk ? Optional.of(folder) : Optional.empty();
        Readiness readiness = new Readiness(probed, inside.log()::writable, inside.draining(), clock);
        String mode = config.get(Keys.AUTH_MODE) == Mode.Auth.OPEN ? "open" : "token";
        StatusRoutes.add(routes, mode, inside.accounts().guests().isPresent(), readiness);
    }

    /** Open to this machine alone; where others can ask, by an address or through a proxy, they need a key. */
    private static HttpHandler metrics(Config config, Inside inside, Guard guard) {
        HttpHandler metrics = StatusRoutes.metrics(
                () -> inside.metrics().text(inside.sessions().outboxBytes()));
        boolean local = Addresses.loopbackOnly(config)
                && config.get(Keys.TRUSTED_PROXIES).isEmpty();
        return local ? metrics : guard.before(ApiScope.METRICS, metrics);
    }

    private static Callers callers(Config config, Inside inside, Clock clock) {
        AddressLimit reads = new AddressLimit(config.get(Keys.READS_PER_ADDRESS), clock);
        return new Callers(inside.accounts().authenticator(), reads, inside.metrics()::refused);
    }

    private static Server fallback(Config config, Callers callers, Inside inside, Clock clock) {
        Metrics metrics = inside.metrics();
        return new Server(
                inside.apps(),
                inside.hub(),
                inside.log(),
                inside.sessions(),
                callers,
                inside.accounts().revocations(),
                inside.limits(),
                new EventStreams(Settings.streams(config), inside.hub().loops().size(), metrics),
                metrics,
                clock);
    }

    private static ServerApi.Parts api(Inside inside, Clock clock) throws IOException {
        Store store = inside.log().store().within("api");
        StoredRevocations revocations = StoredRevocations.load(
                inside.log().store().within("auth"),
                inside.accounts().revocations(),
                inside.hub().loops().getFirst().owner());
        long startNanos = clock.nanos();
        return new ServerApi.Parts(
                inside.apps(),
                inside.hub(),
                inside.log(),
                inside.sessions(),
                revocations,
                store,
                () -> inside.sessions()
                        .outboxBytes()
                        .thenApply(waiting -> inside.metrics()
                                .stats(
                                        TimeUnit.NANOSECONDS.toMillis(clock.nanos() - startNanos),
                                        waiting,
                                        inside.log().writable())));
    }

    private static void addDescription(Routes.Builder routes, String name) throws IOException {
        try (InputStream file = ServerRoutes.class.getResourceAsStream(DESCRIPTIONS + name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            Response description =
                    Response.of(200, "application/json", file.readAllBytes()).with("Cache-Control", "no-cache");
            routes.get("/" + name, request -> CompletableFuture.completedStage(description));
        }
    }
}
