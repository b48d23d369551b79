package dev.peal.engine.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the WAL short without making commits wait, and has retention looked at once a second. A thread of its own.
 *
 * <p>A {@code PASSIVE} checkpoint runs beside the writer and blocks nobody, but SQLite begins the WAL anew only when a write finds all of it checkpointed, and
 * under constant load there is always one more commit. So when the WAL is long after a checkpoint, the writer runs one more between two commits: there is
 * only what came meanwhile to copy, and its next commit begins the WAL anew.
 */
final class Keeper implements Runnable, Writer.CommitListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long CHECKPOINT_BYTES = 8 << 20;
    private static final long WAL_FRAMES_MAX = (32 << 20) / Connections.PAGE_BYTES;
    private static final long TICK_MILLIS = 1_000;

    private final Connections connections;
    private final CommandQueue queue;
    private final Trimmer trimmer;
    private final AtomicBoolean trimming = new AtomicBoolean();
    private final Thread thread = new Thread(this, "peal-log-keeper");
    private @Nullable Connection connection;
    private long sinceCheckpoint;
    private boolean wanted;
    private boolean closed;

    Keeper(Connections connections, CommandQueue queue, Trimmer trimmer) {
        this.connections = connections;
        this.queue = queue;
        this.trimmer = trimmer;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** On the writer: guesses how much longer the WAL became. Each room's tail page is written whole. */
    @Override
    public void committed(Collection<RoomState> rooms, long bytes) {
        trimmer.touched(rooms);
        sinceCheckpoint += bytes + (long) rooms.size() * Connections.PAGE_BYTES;
        if (sinceCheckpoint >= CHECKPOINT_BYTES) {
            sinceCheckpoint = 0;
            wake();
        }
    }

    /** A checkpoint, though the WAL is not long yet. */
    synchronized void wake() {
        wanted = true;
        notifyAll();
    }

    @Override
    public void run() {
        try {
            while (await()) {
                keep();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the keeper", e);
        } finally {
            closeConnection();
        }
    }

    private synchronized boolean await() throws InterruptedException {
        if (!wanted && !closed) {
            wait(TICK_MILLIS);
        }
        return !closed;
    }

    private void keep() {
        boolean checkpoint;
        synchronized (this) {
            checkpoint = wanted;
            wanted = false;
        }
        trimSoon();
        if (!checkpoint) {
            return;
        }
        try {
            if (passive() > WAL_FRAMES_MAX) {
                queue.submit(new Command.Task(database -> passiveOnWriter()));
            }
        } catch (SQLException e) {
            checkpointFailed(e);
        }
    }

    private void checkpointFailed(SQLException e) {
        LOG.warn("a checkpoint failed; the next one tries again", e);
        closeConnection();
    }

    /** A checkpoint that fails has lost nothing: the WAL stays as it is; unless a sync failed, see {@link Connections}. */
    private void passiveOnWriter() {
        try {
            passive();
        } catch (SQLException e) {
            checkpointFailed(e);
        }
    }

    /** Copies what readers allow; answers how many frames the WAL has. By turns on the keeper's thread and the writer's. */
    private synchronized long passive() throws SQLException {
        if (closed || connections.doubtful()) {
            return 0;
        }
        Connection on = connection;
        if (on == null) {
            on = connections.keeper();
            connection = on;
        }
        try (Statement statement = on.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            return rows.next() ? rows.getLong(2) : 0;
        } catch (SQLException e) {
            connections.failed(e);
            throw e;
        }
    }

    /** One step of retention on the writer, and further ones behind the commits that wait meanwhile. */
    void trimSoon() {
        if (trimming.compareAndSet(false, true) && !queue.submit(new Command.Task(this::trimStep))) {
            trimming.set(false);
        }
    }

    private void trimStep(Database database) throws SQLException {
        boolean more = false;
        try {
            more = trimmer.step(database);
        } finally {
            trimming.set(false);
            if (more) {
                trimSoon();
            }
        }
    }

    private synchronized void closeConnection() {
        try {
            if (connection != null) {
                connections.close(connection);
            }
        } catch (SQLException e) {
            LOG.debug("closing the keeper's connection failed", e);
        }
        connection = null;
    }

    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.join();
    }
}
