package dev.peal.server;

import dev.peal.engine.sqlite.SqliteConfig;
import dev.peal.engine.sqlite.SqliteLog;
import dev.peal.engine.sqlite.SqliteLogException;
import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.LogRead;
import dev.peal.log.MemoryLog;
import dev.peal.log.ReadRequest;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.protocol.Durability;
import dev.peal.server.config.Config;
import dev.peal.server.config.Keys;
import dev.peal.server.config.Mode;
import dev.peal.session.Notifications;
import dev.peal.store.MemoryStore;
import dev.peal.store.Store;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The log as configured: on disk, in memory, or one beside the other by room kind; and the store beside it. Thread-safe as they are. */
final class Logs implements RoomLog {
    private static final String FILE = "rooms.db";

    private final RoomLog disk;
    private final RoomLog memory;
    private final Store store;
    private final Function<String, Durability> durability;

    private Logs(RoomLog disk, RoomLog memory, Store store, Function<String, Durability> durability) {
        this.disk = disk;
        this.memory = memory;
        this.store = store;
        this.durability = durability;
    }

    /**
     * Opens the log of a data folder. Blocks on I/O.
     *
     * @throws StartException where it cannot be opened
     */
    static Logs open(Config config, Path dataFolder, Clock clock) {
        Retention retention =
                new Retention(config.get(Keys.LOG_AGE).toMillis(), Long.MAX_VALUE, config.get(Keys.LOG_BYTES));
        Function<String, Retention> byKind =
                kind -> kind.equals(Notifications.USER_KIND) || kind.equals(Notifications.SERVER_KIND)
                        ? Notifications.RETENTION
                        : retention;
        RoomLog memory = new MemoryLog(clock, byKind);
        if (config.get(Keys.LOG_ENGINE) == Mode.Engine.MEMORY) {
            return new Logs(memory, memory, new MemoryStore(), kind -> Durability.MEMORY);
        }
        Path file = dataFolder.resolve(FILE);
        try {
            SqliteLog disk = new SqliteLog(new SqliteConfig(file, byKind, SqliteConfig.Limits.DEFAULT), clock);
            return new Logs(disk, memory, disk.store(), durability(config));
        } catch (SqliteLogException e) {
            throw new StartException("server.data: " + e.getMessage(), e);
        }
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
    public boolean writable() {
        return disk.writable();
    }

    @Override
    public void close() {
        disk.close();
        memory.close();
    }
}
