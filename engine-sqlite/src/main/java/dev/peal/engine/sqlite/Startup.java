package dev.peal.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * What comes before the first append: what the last process left is looked at before SQLite sees it, because SQLite drops without a word what it cannot read
 * at the end of a WAL.
 *
 * @param database ready to write
 * @param check whether the whole database is to be looked through, because nobody says that it was left in order
 */
record Startup(Database database, boolean check) {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    /**
     * Opens the database.
     *
     * @throws SqliteLogException if it cannot be opened or written, or is damaged so that acknowledged entries would be lost
     */
    static Startup open(Connections connections) {
        Path file = connections.file();
        try {
            boolean existed = Files.exists(file) && Files.size(file) > 0;
            WalCheck wal = WalCheck.of(file);
            if (wal.verdict() == WalCheck.Verdict.DAMAGED) {
                throw new SqliteLogException(wal.file() + " is damaged (" + wal.what()
                        + "): restore a backup, or delete that file and lose what was written last");
            }
            StopMark last = stopped(connections, wal);
            Database database = new Database(connections);
            try {
                mark(database.connection());
                return new Startup(database, existed && last != StopMark.CLEAN);
            } catch (SQLException | RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (SqliteLogException e) {
            throw e;
        } catch (IOException | SQLException | RuntimeException e) {
            throw new SqliteLogException("cannot open " + file + ": " + oneLine(e), e);
        }
    }

    /** Reads how the last process ended, and gives new epochs where what it acknowledged last may be missing. */
    private static StopMark stopped(Connections connections, WalCheck wal) throws SQLException {
        try (Database database = new Database(connections)) {
            StopMark last = StopMark.of(database.connection());
            boolean walGone = last == StopMark.RUNNING && wal.verdict() == WalCheck.Verdict.ABSENT;
            if (walGone || wal.verdict() == WalCheck.Verdict.DOUBTFUL) {
                LOG.warn("{}: {}; every room gets a new epoch", wal.file(), walGone ? "it is gone" : wal.what());
                Epochs.renew(database.connection());
            }
            return last;
        }
    }

    /** Into the file itself, so that it is known there even when the WAL is taken away. On a full disk readers are served all the same. */
    private static void mark(Connection connection) throws SQLException {
        try {
            StopMark.RUNNING.set(connection);
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            if ((e.getErrorCode() & 0xff) != SQLiteErrorCode.SQLITE_FULL.code) {
                throw e;
            }
            LOG.warn("the disk is full: the log can be read, and written once there is space");
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.setAutoCommit(false);
        }
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
