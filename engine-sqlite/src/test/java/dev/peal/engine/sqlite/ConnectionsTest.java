package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A checkpoint that was cut short has synced nothing, and SQLite notes its frames as copied: after a failed sync they have to be copied again. */
final class ConnectionsTest {
    private static final SQLException SYNC_FAILED = new SQLiteException("sync", SQLiteErrorCode.SQLITE_IOERR_FSYNC);

    @TempDir
    Path folder;

    private Connections connections = new Connections(Path.of("unset"));

    @BeforeEach
    void create() {
        connections = new Connections(folder.resolve("log.db"));
    }

    /** Frames in the WAL, and those of them that SQLite believes to be in the database. */
    private record Wal(long frames, long copied) {
        static Wal checkpoint(Connection connection, String mode) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
                return new Wal(rows.getLong(2), rows.getLong(3));
            }
        }
    }

    /** Leaves a WAL of which a part is copied, and nothing open but what the caller opens. */
    private Database cutShort(Connection reader) throws SQLException {
        Database written = new Database(connections);
        set(written, 1);
        reader.setAutoCommit(false);
        Schema.epoch(reader);
        set(written, 2);
        try (Connection keeper = connections.keeper()) {
            Wal wal = Wal.checkpoint(keeper, "PASSIVE");
            assertThat(wal.copied()).isPositive().isLessThan(wal.frames());
        }
        return written;
    }

    private static void set(Database database, int value) throws SQLException {
        try (Statement statement = database.connection().createStatement()) {
            statement.executeUpdate("INSERT OR REPLACE INTO probe VALUES(1, zeroblob(" + (value << 14) + "))");
        }
        database.commit();
    }

    private Connection reader() throws SQLException {
        new Database(connections).close();
        return connections.reader();
    }

    @Test
    void forgetWhatWasCopiedOnceASyncFailed() throws SQLException {
        Connection reader = reader();
        Database written = cutShort(reader);

        connections.failed(SYNC_FAILED);

        assertThat(reader.isClosed()).isTrue();
        assertThat(written.connection().isClosed()).isTrue();
        assertThat(connections.doubtful()).isTrue();
        try (Database fresh = new Database(connections)) {
            Wal wal = Wal.checkpoint(fresh.connection(), "NOOP");
            assertThat(wal.frames())
                    .as("it was not moved at the end of the last connection")
                    .isPositive();
            assertThat(wal.copied()).isZero();
            fresh.prove();
            assertThat(connections.doubtful()).isFalse();
        }
    }

    @Test
    void acknowledgeNothingWhileAnotherProcessKeepsWhatWasCopiedInMemory() throws SQLException {
        cutShort(reader());
        try (Connection other = new Connections(folder.resolve("log.db")).reader()) {
            Schema.epoch(other);
            connections.failed(SYNC_FAILED);
            try (Database fresh = new Database(connections)) {
                assertThatThrownBy(fresh::prove)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("another process");
            }
            assertThat(connections.doubtful()).isTrue();
        }
        connections.renew();
        try (Database fresh = new Database(connections)) {
            assertThatCode(fresh::prove).doesNotThrowAnyException();
        }
        assertThat(connections.doubtful()).isFalse();
    }

    @Test
    void stayWhereSomethingElseFailed() throws SQLException {
        try (Connection reader = reader();
                Database written = cutShort(reader)) {
            connections.failed(new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL));
            assertThat(connections.doubtful()).isFalse();
            assertThat(written.connection().isClosed()).isFalse();
            assertThat(reader.isClosed()).isFalse();
        }
    }
}
