package dev.peal.engine.sqlite;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables and the steps that lead to them. Each step is one transaction, so an upgrade that is cut off is as if it had not begun.
 *
 * <p>An empty database gets a random epoch: the name of the history that it holds. Every room has it, also one that was never written to, until its own row
 * says otherwise. Whoever puts another history in a database's place (a restored backup) gives it a new one, by {@link Epochs}.
 */
final class Schema {
    private static final List<String> STEPS = List.of("""
            CREATE TABLE room(
              no INTEGER PRIMARY KEY,
              kind TEXT NOT NULL,
              id TEXT NOT NULL,
              epoch TEXT NOT NULL,
              trimmed INTEGER NOT NULL,
              newest INTEGER NOT NULL,
              written INTEGER NOT NULL,
              crc INTEGER NOT NULL,
              UNIQUE(kind, id));
            CREATE TABLE entry(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
            CREATE TABLE message_id(
              key BLOB PRIMARY KEY,
              entry INTEGER NOT NULL,
              fingerprint INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE message_id_expiry(
              time INTEGER NOT NULL,
              key BLOB NOT NULL,
              PRIMARY KEY(time, key)) WITHOUT ROWID;
            CREATE TABLE probe(id INTEGER PRIMARY KEY, data BLOB NOT NULL);
            """, """
            CREATE UNIQUE INDEX room_by_id ON room(id, kind);
            """);

    private Schema() {}

    /** Brings the database to this version. */
    static void migrate(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
            int version = version(statement);
            if (version > STEPS.size()) {
                throw new SqliteLogException(file + " is from a newer version of Peal (schema " + version
                        + ", this one knows up to " + STEPS.size() + ")");
            }
            for (int step = version; step < STEPS.size(); step++) {
                take(statement, step);
            }
        }
        if (Files.exists(file)) {
            syncFolder(file);
        }
    }

    /** The epoch of every room that has no row yet. */
    static String epoch(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT value FROM meta WHERE name='epoch'")) {
            if (!rows.next()) {
                throw new SQLException("no epoch in the table meta");
            }
            return rows.getString(1);
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT value FROM meta WHERE name='schema'")) {
            return rows.next() ? Integer.parseInt(rows.getString(1)) : 0;
        }
    }

    private static void take(Statement statement, int step) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
        for (String sql : STEPS.get(step).split(";", -1)) {
            if (!sql.isBlank()) {
                statement.execute(sql);
            }
        }
        statement.execute("INSERT OR IGNORE INTO meta VALUES('epoch','" + Epochs.next() + "')");
        statement.execute("INSERT OR REPLACE INTO meta VALUES('schema','" + (step + 1) + "')");
        statement.execute("COMMIT");
    }

    /** A new file survives a power cut only once its folder is synced too. Where a folder cannot be opened (Windows) the system needs no such thing. */
    private static void syncFolder(Path file) throws SQLException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        } catch (java.io.IOException e) {
            throw new SQLException("cannot sync " + folder, e);
        }
    }
}
