package dev.peal.engine.sqlite;

import dev.peal.log.Feed;
import dev.peal.log.Follower;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.store.Store;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A log in one SQLite file: what it acknowledged survives {@code kill -9} and a power cut. See the package for how.
 *
 * <p>One process at a time is meant to have the file open; its folder's lock is the server's business. A second one does no damage, but its appends make this
 * one look again at where its rooms stand.
 */
public final class SqliteLog implements RoomLog {
    private final CommandQueue queue;
    private final Writer writer;
    private final Thread writerThread;
    private final Trimmer trimmer;
    private final Keeper keeper;
    private final Connections connections;
    private final Readers<Reader> readers;
    private final Checker checker;
    private final Store store;

    /** Hears of commits after the keeper; on the writer. */
    private volatile Writer.CommitListener alsoTold = (rooms, bytes) -> {};

    /**
     * Opens the database, creating it where there is none and upgrading an older one.
     *
     * @param clock wall-clock time for retention by age, monotonic time for the pace of healing
     * @throws SqliteLogException if it cannot be opened or written
     */
    public SqliteLog(SqliteConfig config, Clock clock) {
        this(config, clock, new Connections(config.file()));
    }

    /** With other connections: a test's, that fail when it says so. */
    SqliteLog(SqliteConfig config, Clock clock, Connections connections) {
        queue = new CommandQueue(config.limits());
        AtomicReference<@Nullable Writer> writing = new AtomicReference<>();
        Startup startup = Startup.open(connections);
        trimmer = new Trimmer(clock, config, key -> {
            Writer of = writing.get();
            return of == null ? null : of.room(key);
        });
        keeper = new Keeper(connections, queue, trimmer);
        this.connections = connections;
        readers = new Readers<>(
                "peal-log-reader",
                () -> new Reader(connections),
                config.limits().readers(),
                config.limits().readsMax());
        store = new SqliteStore(queue, readers);
        writer = new Writer(config, queue, new Healer(connections, clock), startup.database(), this::committed);
        writing.set(writer);
        writerThread = new Thread(writer, "peal-log-writer");
        writerThread.start();
        keeper.start();
        readers.start();
        checker = new Checker(connections, this::condemn);
        checker.start(startup.check());
    }

    /** What the check found reaches further than one room: nothing more is acknowledged. */
    private void condemn(String what) {
        queue.submit(new Command.Task(database -> {
            throw new Damage(what);
        }));
    }

    @Override
    public Feed follow(RoomKey room, Owner owner, Follower follower) {
        SqliteFeed feed = new SqliteFeed(writer, room, owner, follower);
        if (!writer.submit(new Command.Open(feed))) {
            owner.execute(feed.following::failed);
        }
        return feed;
    }

    @Override
    public void read(ReadRequest request, Owner owner, Consumer<LogRead> done) {
        readers.ask(reader -> reader.read(request), new LogRead.Failed(), owner, done);
    }

    @Override
    public void trim(RoomKey room, long upTo) {
        queue.submit(new Command.Task(database -> trimmer.giveUp(room, upTo)));
        keeper.trimSoon();
    }

    private void committed(Collection<RoomState> rooms, long bytes) {
        keeper.committed(rooms, bytes);
        alsoTold.committed(rooms, bytes);
    }

    Connections connections() {
        return connections;
    }

    /** One more that hears of each commit from now on, on the writer thread. */
    void alsoTell(Writer.CommitListener listener) {
        alsoTold = listener;
    }

    /** The store in the same file, as durable as the log. */
    public Store store() {
        return store;
    }

    @Override
    public boolean writable() {
        return writer.writable();
    }

    /** What is found by the look through the whole database that follows a stop that was not in order. */
    Checker checker() {
        return checker;
    }

    /** Has retention looked at now instead of within a second. */
    void trimSoon() {
        keeper.trimSoon();
    }

    /** Has the WAL copied now instead of when it is long. */
    void checkpointSoon() {
        keeper.wake();
    }

    @Override
    public void close() {
        boolean interrupted = false;
        try {
            checker.close();
            keeper.close();
            readers.close();
            queue.close();
            writerThread.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
