package dev.peal.server;

import dev.peal.app.Apps;
import dev.peal.engine.sqlite.SqliteConfig;
import dev.peal.engine.sqlite.SqliteLog;
import dev.peal.engine.sqlite.SqliteLogException;
import dev.peal.engine.sqlite.SqliteSearch;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.LogRead;
import dev.peal.log.MemoryLog;
import dev.peal.log.ReadRequest;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.protocol.Durability;
import dev.peal.search.EntryText;
import dev.peal.search.LogSearch;
import dev.peal.search.Search;
import dev.peal.server.config.Config;
import dev.peal.server.config.Keys;
import dev.peal.server.config.Mode;
import dev.peal.session.Notifications;
import dev.peal.store.MemoryStore;
import dev.peal.store.Store;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The log as configured: on disk, in memory, or one beside the other by room kind; and the store beside it. Thread-safe as they are. */
final class Logs implements RoomLog {
    static final String FILE = "rooms.db";
    static final String SEARCH_FILE = "rooms-search.db";

    private final RoomLog disk;
    private final RoomLog memory;
    private final Store store;
    private final Optional<SqliteSearch> index;
    private final Search scan;
    private final Function<String, Durability> durability;

    private Logs(
            RoomLog disk,
            RoomLog memory,
            Store store,
            Optional<SqliteSearch> index,
            Search scan,
            Function<String, Durability> durability) {
        this.disk = disk;
        this.memory = memory;
        this.store = store;
        this.index = index;
        this.scan = scan;
        this.durability = durability;
    }

    /**
     * Opens the log of a data folder. Blocks on I/O.
     *
     * @param apps what can be searched, and whose logs are theirs alone to trim
     * @throws StartException where it cannot be opened
     */
    static Logs open(Config config, Path dataFolder, Apps apps, Clock clock) {
        Function<String, Optional<EntryText>> texts = apps.searchTexts();
        long bytesMax = config.get(Keys.LOG_BYTES);
        RoomLog memory = new MemoryLog(clock, retention(config, apps, bytesMax));
        Search scan = new LogSearch(memory, texts);
        if (config.get(Keys.LOG_ENGINE) == Mode.Engine.MEMORY) {
            return new Logs(memory, memory, new MemoryStore(), Optional.empty(), scan, kind -> Durability.MEMORY);
        }
        Path file = dataFolder.resolve(FILE);
        try {
            Function<String, Retention> retention = retention(config, apps, Long.MAX_VALUE);
            SqliteLog disk =
                    new SqliteLog(new SqliteConfig(file, retention, bytesMax, SqliteConfig.Limits.DEFAULT), clock);
            SqliteSearch index = new SqliteSearch(dataFolder.resolve(SEARCH_FILE), disk, texts);
            return new Logs(disk, memory, disk.store(), Optional.of(index), scan, durability(config));
        } catch (SqliteLogException e) {
            throw new StartException("server.data: " + e.getMessage(), e);
        }
    }

    /** How long entries are kept, by room kind; {@code roomBytesMax} where nothing is said of a kind's bytes. */
    static Function<String, Retention> retention(Config config, Apps apps, long roomBytesMax) {
        Duration age = config.get(Keys.LOG_AGE);
        long entries = config.get(Keys.LOG_ENTRIES);
        Map<String, Duration> ages = config.get(Keys.KIND_AGE);
        Map<String, Long> counts = config.get(Keys.KIND_ENTRIES);
        Map<String, Long> bytes = config.get(Keys.KIND_BYTES);
        return kind -> apps.keepsLogs(kind)
                ? Retention.UNTIL_TRIMMED
                : new Retention(
                        ages.getOrDefault(kind, age).toMillis(),
                        counts.getOrDefault(kind, Notifications.isKind(kind) ? Notifications.ENTRIES_KEPT : entries),
                        bytes.getOrDefault(kind, roomBytesMax));
    }

    /** What an acknowledgement promises, by room kind. */
    static Function<String, Durability> durability(Config config) {
        Durability usual = config.get(Keys.LOG_ENGINE) == Mode.Engine.MEMORY ? Durability.MEMORY : Durability.DISK;
        Map<String, Durability> byKind = config.get(Keys.DURABILITY);
        return kind -> byKind.getOrDefault(kind, usual);
    }

    /** What is not a room's: on disk, or in memory where the log is. */
    Store store() {
        return store;
    }

    /** Search in either log. */
    Search search() {
        return (request, owner, done) -> {
            Search in = index.isPresent() && of(request.room()) == disk ? index.get() : scan;
            in.find(request, owner, done);
        };
    }

    private RoomLog of(RoomKey room) {
        return switch (durability.apply(room.kind())) {
            case DISK -> disk;
            case MEMORY -> memory;
        };
    }

    @Override
    public Feed follow(RoomKey room, Owner owner, Follower follower) {
        return of(room).follow(room, owner, follower);
    }

    @Override
    public void read(ReadRequest request, Owner owner, Consumer<LogRead> done) {
        of(request.room()).read(request, owner, done);
    }

    @Override
    public void trim(RoomKey room, long upTo) {
        of(room).trim(room, upTo);
    }

    @Override
    public boolean writable() {
        return disk.writable();
    }

    @Override
    public void close() {
        index.ifPresent(SqliteSearch::close);
        disk.close();
        memory.close();
    }
}
