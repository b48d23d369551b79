package dev.peal.engine.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Opens connections, each with the settings of its use, and gives all of them up when a sync has failed.
 *
 * <ul>
 *   <li>{@code synchronous=FULL}: a commit returns after the WAL was synced; with {@code NORMAL} a power cut takes acknowledged entries. {@code fullfsync}
 *       makes that true on macOS too, and changes nothing elsewhere.
 *   <li>{@code locking_mode} stays {@code NORMAL}: the readers are other connections, and a second process that opens the file by mistake is kept in order by
 *       SQLite's locks instead of corrupting it.
 *   <li>{@code wal_autocheckpoint=0}: no commit pays for a checkpoint; the {@link Keeper} does it beside the writer. {@code journal_size_limit} leaves the WAL
 *       at up to 64 MiB, so that it is overwritten in place: a sync of a file that does not grow is the cheap one.
 *   <li>{@code mmap_size=0}: with a mapping an I/O error is a SIGBUS that ends the process instead of a failed read.
 *   <li>{@code page_size=4096}, the file system's own: larger pages were slower with many rooms, since each commit writes each touched page whole.
 *   <li>{@code cache_size}: 16 MiB for the writer, the tail pages of some thousand active rooms; 4 MiB for a reader, whose pages the kernel caches anyway.
 *   <li>{@code cell_size_check}: a damaged page is an error where it is read, not later.
 * </ul>
 *
 * <p>Linux drops what a failed sync had before it, though everybody still reads it. Two things must not happen then. A checkpoint that readers or commits cut short
 * syncs nothing, and yet SQLite notes in memory that all connections share which frames of the WAL it copied, and the next one begins behind them: such a frame may
 * lie nowhere on the disk when the WAL is begun anew. And frames of a commit whose own sync failed may be copied to the database before they are in the WAL. So
 * {@link #renew} closes all connections, the last of them one that cannot write, since another would checkpoint on leaving; that ends the memory. Then it writes the
 * WAL anew, as it is read.
 */
class Connections {
    static final int PAGE_BYTES = 4096;

    private static final int WRITE_BYTES = 64 << 10;

    private static final String COMMON = "PRAGMA busy_timeout=2000;PRAGMA mmap_size=0;PRAGMA cell_size_check=ON;";

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Path file;
    private final List<Connection> open = new ArrayList<>();
    private volatile boolean doubtful;

    Connections(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** The writer's: creates the file where there is none. */
    Connection writer() throws SQLException {
        Connection connection = open();
        return set(
                connection,
                "PRAGMA page_size=" + PAGE_BYTES + ";PRAGMA journal_mode=WAL;" + COMMON
                        + "PRAGMA synchronous=FULL;PRAGMA fullfsync=ON;PRAGMA wal_autocheckpoint=0;"
                        + "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-16384;");
    }

    /** A reader's: it can change nothing, neither when it is closed. */
    Connection reader() throws SQLException {
        return set(
                add(this::openReadOnly),
                COMMON + "PRAGMA query_only=ON;PRAGMA cache_size=-4096;PRAGMA wal_autocheckpoint=0;");
    }

    /** The keeper's: checkpoints, whose syncs {@code checkpoint_fullfsync} completes on macOS. */
    Connection keeper() throws SQLException {
        return set(
                open(), COMMON + "PRAGMA synchronous=FULL;PRAGMA checkpoint_fullfsync=ON;PRAGMA wal_autocheckpoint=0;");
    }

    /** Hears of each failure of a connection of this file before that connection is closed. */
    void failed(Exception e) {
        if (e instanceof SQLiteException sql && sql.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_FSYNC) {
            LOG.warn("a sync failed: the whole write-ahead log is copied again before anything is acknowledged");
            doubtful = true;
            try {
                renew();
            } catch (SQLException another) {
                LOG.debug("connections could not be given up", another);
            }
        }
    }

    /** Whether the WAL may be noted as copied and is not: nothing may be checkpointed, and no connection closed, but by {@link #renew}. */
    boolean doubtful() {
        return doubtful;
    }

    /** Closes one that is done with; while there is doubt that is left to {@link #renew}, since the last to be closed would checkpoint. */
    void close(Connection connection) throws SQLException {
        if (!doubtful) {
            connection.close();
        }
    }

    /**
     * Closes every connection, whoever uses it, such that SQLite forgets which part of the WAL is copied. Others can be opened at once.
     *
     * @throws SQLException where it cannot be: it has to be done again
     */
    synchronized void renew() throws SQLException {
        try (Connection last = openReadOnly()) {
            Schema.epoch(last);
            for (Connection connection : open) {
                connection.close();
            }
        }
        open.clear();
        try {
            writeAnew(file.resolveSibling(file.getFileName() + "-wal"));
        } catch (IOException e) {
            throw new SQLException("the write-ahead log cannot be written anew", e);
        }
    }

    /** SQLite has no lock on this file that closing it here would end. */
    private static void writeAnew(Path wal) throws IOException {
        if (!Files.exists(wal)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(wal, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(WRITE_BYTES);
            long at = 0;
            while (channel.read(bytes.clear(), at) > 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            }
            channel.force(true);
        }
    }

    /**
     * On a connection that may checkpoint: ends the doubt, if there is any.
     *
     * @throws SQLException where another process has the file open: what SQLite noted is still there
     */
    void settle(Connection connection) throws SQLException {
        if (doubtful) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
                if (!rows.next() || rows.getLong(3) != 0) {
                    throw new SQLException(
                            "another process has the log open: what a failed sync lost cannot be written again");
                }
            }
            doubtful = false;
        }
    }

    /** Does not checkpoint when it is the last to be closed. */
    private Connection openReadOnly() throws SQLException {
        SQLiteConfig readOnly = new SQLiteConfig();
        readOnly.setReadOnly(true);
        return readOnly.createConnection("jdbc:sqlite:" + file);
    }

    private synchronized Connection add(Opening opening) throws SQLException {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).isClosed()) {
                open.remove(i);
            }
        }
        Connection connection = opening.open();
        open.add(connection);
        return connection;
    }

    private interface Opening {
        Connection open() throws SQLException;
    }

    private Connection open() throws SQLException {
        return add(() -> DriverManager.getConnection("jdbc:sqlite:" + file));
    }

    private static Connection set(Connection connection, String pragmas) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas.split(";", -1)) {
                if (!pragma.isEmpty()) {
                    statement.execute(pragma);
                }
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
