package dev.peal.testkit;

import dev.peal.app.App;
import dev.peal.app.Apps;
import dev.peal.auth.AuthResult;
import dev.peal.auth.Authenticator;
import dev.peal.auth.Identity;
import dev.peal.auth.KeyRing;
import dev.peal.auth.RefusalReason;
import dev.peal.auth.RoomGlobs;
import dev.peal.hub.Hub;
import dev.peal.hub.HubConfig;
import dev.peal.hub.HubMeters;
import dev.peal.limit.Limit;
import dev.peal.limit.RateLimits;
import dev.peal.log.MemoryLog;
import dev.peal.log.Retention;
import dev.peal.log.RoomLog;
import dev.peal.protocol.Durability;
import dev.peal.search.LogSearch;
import dev.peal.session.Opening;
import dev.peal.session.Session;
import dev.peal.session.SessionConfig;
import dev.peal.session.Sessions;
import dev.peal.store.MemoryStore;
import dev.peal.store.Store;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A whole server without sockets: hub, sessions and applications on hand-cranked loops and a manual clock. Nothing happens until {@link #settle}.
 *
 * <p>Its tokens are the user's id, with {@code "bad"} refused; after a {@code |} may come the patterns of the rooms that it opens, between commas.
 */
public final class SessionRig {
    private final Kept kept;
    private final ManualClock clock;
    private final List<ManualOwner> owners;
    private final RoomLog log;
    private final Hub hub;
    private final Sessions sessions;
    private final List<LinesFormat> formats = new ArrayList<>();
    private final SessionCounts meters = new SessionCounts();

    /** What outlives a server: its clock, its log, its store. */
    public record Kept(ManualClock clock, RoomLog log, Store store) {
        /** New and in memory. */
        public static Kept inMemory(Retention retention) {
            ManualClock clock = new ManualClock();
            return new Kept(clock, new MemoryLog(clock, kind -> retention), new MemoryStore());
        }
    }

    /** The usual limits of sessions, but for what a replay reads at once and how long a session outlives its connection. */
    public static SessionConfig config(int replayEntriesMax, int replayBytesMax, SessionConfig.Grace grace) {
        SessionConfig usual = SessionConfig.DEFAULT;
        return new SessionConfig(
                usual.authenticationRequired(),
                usual.authenticationTimeoutMillis(),
                usual.pingIntervalMillis(),
                usual.pingTimeoutMillis(),
                usual.outboxBytesMax(),
                usual.outboxStallMillis(),
                usual.readPauseBytes(),
                usual.heldMessagesMax(),
                usual.roomsMax(),
                usual.expiryNoticeMillis(),
                usual.expiryLeewayMillis(),
                replayEntriesMax,
                replayBytesMax,
                grace);
    }

    /** One connection of the rig. */
    public final class Client {
        private final ManualOwner owner;
        private final TestConnection connection;
        private final Session session;
        private int read;

        private Client(int loop, String path, Map<String, String> query) {
            owner = owners.get(loop);
            connection = new TestConnection(formats.get(loop));
            Session[] opened = new Session[1];
            owner.run(() -> opened[0] = sessions.open(
                    connection,
                    new Opening(path, InetAddress.getLoopbackAddress(), "test"),
                    query,
                    hub.loops().get(loop)));
            session = opened[0];
        }

        /** Sends a text frame; what it leads to happens at {@link #settle}. */
        public Client send(String json) {
            owner.run(() -> session.text(Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8))));
            return this;
        }

        public Client sendBinary() {
            owner.run(session::binary);
            return this;
        }

        /** A sign of life without a message. */
        public Client alive() {
            owner.run(session::alive);
            return this;
        }

        /** The socket has taken what was pending. */
        public Client drained() {
            connection.stuck(false);
            owner.run(() -> {
                connection.flush();
                session.drained();
            });
            return this;
        }

        /** The client closes because it wants to. */
        public void leaves() {
            owner.run(() -> {
                session.goodbye();
                session.gone();
            });
        }

        /** The connection breaks. */
        public void breaks() {
            owner.run(session::gone);
        }

        public TestConnection connection() {
            return connection;
        }

        public Session session() {
            return session;
        }

        /** What came since the last call, once everything has come to rest. */
        public List<String> take() {
            settle();
            List<String> all = connection.received();
            List<String> fresh = List.copyOf(all.subList(read, all.size()));
            read = all.size();
            return fresh;
        }
    }

    public SessionRig(List<? extends App> apps, int loops, SessionConfig config) {
        this(apps, loops, config, HubConfig.DEFAULT, Limit.UNLIMITED);
    }

    public SessionRig(List<? extends App> apps, int loops, SessionConfig config, HubConfig hubConfig, Limit limit) {
        this(apps, loops, config, hubConfig, limit, Retention.ALL);
    }

    /** With a log that forgets. */
    public SessionRig(
            List<? extends App> apps,
            int loops,
            SessionConfig config,
            HubConfig hubConfig,
            Limit limit,
            Retention retention) {
        this(apps, loops, config, hubConfig, limit, Kept.inMemory(retention));
    }

    /** With what another server left. */
    public SessionRig(
            List<? extends App> apps, int loops, SessionConfig config, HubConfig hubConfig, Limit limit, Kept kept) {
        this(new Apps(apps), loops, config, hubConfig, limit, kept);
    }

    /** With applications that have no rooms, too. */
    public SessionRig(Apps routes, int loops, SessionConfig config, HubConfig hubConfig, Limit limit, Kept kept) {
        this.kept = kept;
        this.clock = kept.clock();
        this.log = kept.log();
        owners = IntStream.range(0, loops).mapToObj(i -> new ManualOwner(clock)).toList();
        owners.forEach(owner -> formats.add(new LinesFormat()));
        hub = new Hub(log, owners, hubConfig, HubMeters.NONE, routes.kinds(), routes.residents());
        Authenticator authenticator =
                (credentials, done) -> done.accept(authenticate(credentials.token(), credentials.userId()));
        sessions = new Sessions(
                new Sessions.Services(
                        hub,
                        log,
                        new LogSearch(log, routes.searchTexts()),
                        routes,
                        authenticator,
                        new RateLimits(limit, Map.of(), clock),
                        kind -> Durability.MEMORY,
                        clock,
                        meters),
                config);
        routes.start(hub, log, kept.store(), KeyRing.NONE, clock);
        settle();
    }

    private AuthResult authenticate(@Nullable String token, @Nullable String userId) {
        String said = token == null ? userId : token;
        if (said == null || said.equals("bad")) {
            return new AuthResult.Refused(RefusalReason.NO_TOKEN);
        }
        int bar = said.indexOf('|');
        String name = bar < 0 ? said : said.substring(0, bar);
        RoomGlobs rooms = bar < 0
                ? RoomGlobs.ALL
                : RoomGlobs.of(List.of(said.substring(bar + 1).split(",")));
        long expiry = name.startsWith("brief") ? clock.millis() + 120_000 : Identity.NEVER;
        return new AuthResult.Authenticated(
                new Identity(name, name.toUpperCase(Locale.ROOT), false, expiry, clock.millis(), rooms, null));
    }

    /** What outlives this server. */
    public Kept kept() {
        return kept;
    }

    /** Opens a connection on a loop, on the path {@code /}. */
    public Client open(int loop) {
        return open(loop, "/");
    }

    public Client open(int loop, String path) {
        return open(loop, path, Map.of());
    }

    /** Opens a connection whose address has parameters. */
    public Client open(int loop, String path, Map<String, String> query) {
        return new Client(loop, path, query);
    }

    /** Runs every loop until nothing is left to do. */
    public void settle() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (ManualOwner owner : owners) {
                moved |= owner.runReady() > 0;
            }
        }
    }

    /** One iteration of every loop. */
    public void step() {
        owners.forEach(ManualOwner::iterate);
    }

    /** Does something now, as if that loop had picked it. */
    public void onLoop(int loop, Runnable task) {
        owners.get(loop).run(task);
    }

    /** Sessions that are open. */
    public long openSessions() {
        return meters.sessions();
    }

    /** Rooms in memory. */
    public int rooms() {
        return hub.loops().stream().mapToInt(loop -> loop.roomCount()).sum();
    }

    /** Rosters in memory. */
    public int rosters() {
        return hub.loops().stream().mapToInt(loop -> loop.rosterCount()).sum();
    }

    /** Lets time pass in steps of the wheel's tick, settling after each. */
    public void pass(long millis) {
        for (long passed = 0; passed < millis; passed += 250) {
            clock.advanceMillis(250);
            settle();
        }
    }

    public ManualClock clock() {
        return clock;
    }

    public Hub hub() {
        return hub;
    }

    public Sessions sessions() {
        return sessions;
    }

    public RoomLog log() {
        return log;
    }

    /** Reads of a log that replays made so far. */
    public long replayReads() {
        return meters.replayReads();
    }

    /** Batches that a loop encoded so far. */
    public int encodings(int loop) {
        return formats.get(loop).encodings();
    }
}
