package dev.peal.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * The search index's file. It holds nothing that the log does not: whatever is wrong with it, it is deleted and filled again.
 *
 * <p>It is a file of its own, so that filling it takes no turn of the log's writer, costs no sync of a commit, and a backup goes without it. {@code
 * synchronous=NORMAL} loses its last transactions in a power cut, each with the positions that say so.
 *
 * <p>The words are cut and folded before they come here, and each has its room's number before it ({@link #word}): {@code ascii} takes them as they are, and a
 * search reads its own room's words alone, whatever the other rooms hold. {@code contentless_delete} keeps no text: an entry's text stands in the log.
 *
 * <p>No commit of it takes long: {@code automerge=0} leaves the merging to the one that fills it, a few pages at a time, where FTS5 would do all that is due in
 * whichever commit it falls to, and checkpoints are short and many.
 */
final class SearchFile {
    private static final int VERSION = 2;

    /** No word has it: it is punctuation, and to {@code ascii} part of a word. */
    private static final char BETWEEN = '\u00A7';

    private static final List<String> TABLES = List.of(
            "CREATE TABLE meta(version INTEGER NOT NULL, epoch TEXT NOT NULL)",
            "CREATE TABLE position(room INTEGER PRIMARY KEY, epoch TEXT NOT NULL, trimmed INTEGER NOT NULL,"
                    + " indexed INTEGER NOT NULL)",
            "CREATE VIRTUAL TABLE words USING" + " fts5(text, content='', contentless_delete=1, tokenize='ascii')");

    private final Path file;
    private volatile boolean usable = true;

    SearchFile(Path file) {
        this.file = file;
    }

    /** A word as the index has it. */
    static String word(int room, String folded) {
        return Integer.toString(room, Character.MAX_RADIX) + BETWEEN + folded;
    }

    /** Makes it where it is missing, of another version or log, or cannot be read. To be called before anyone has it open. */
    void prepare(String logEpoch) throws SQLException {
        try {
            writer(logEpoch).close();
        } catch (SQLException e) {
            if (!broken(e)) {
                throw e;
            }
            delete();
            writer(logEpoch).close();
        }
    }

    /** For the one that fills it: emptied where it is of another version or of another log. */
    Connection writer(String logEpoch) throws SQLException {
        Connection connection = open();
        try (Statement statement = connection.createStatement()) {
            for (String pragma :
                    List.of("busy_timeout=2000", "journal_mode=WAL", "synchronous=NORMAL", "wal_autocheckpoint=512")) {
                statement.execute("PRAGMA " + pragma);
            }
            if (!isOf(statement, logEpoch)) {
                empty(statement, logEpoch);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void empty(Statement statement, String logEpoch) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
        for (String table : List.of("meta", "position", "words")) {
            statement.execute("DROP TABLE IF EXISTS " + table);
        }
        for (String table : TABLES) {
            statement.execute(table);
        }
        statement.execute("INSERT INTO words(words, rank) VALUES('automerge', 0)");
        statement.execute("INSERT INTO meta VALUES(" + VERSION + ",'" + logEpoch + "')");
        statement.execute("COMMIT");
    }

    /** For searching. */
    Connection reader() throws SQLException {
        Connection connection = open();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=2000");
            statement.execute("PRAGMA query_only=ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean isOf(Statement statement, String logEpoch) throws SQLException {
        try (ResultSet tables = statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name='meta'")) {
            if (!tables.next()) {
                return false;
            }
        }
        try (ResultSet rows = statement.executeQuery("SELECT version, epoch FROM meta")) {
            return rows.next() && rows.getInt(1) == VERSION && logEpoch.equals(rows.getString(2));
        }
    }

    /** Whether the file itself is the trouble, so that only a new one helps. */
    static boolean broken(@Nullable Throwable e) {
        return e instanceof SQLiteException known
                && switch (known.getResultCode()) {
                    case SQLITE_CORRUPT,
                            SQLITE_CORRUPT_VTAB,
                            SQLITE_NOTADB,
                            SQLITE_CORRUPT_INDEX,
                            SQLITE_CORRUPT_SEQUENCE -> true;
                    default -> false;
                };
    }

    /** False once it turned out to be damaged. */
    boolean usable() {
        return usable;
    }

    /** It is damaged: searches do without it until the next start, when nobody has it open and it can be deleted. */
    void giveUp() {
        usable = false;
    }

    private void delete() throws SQLException {
        try {
            for (String suffix : List.of("-wal", "-shm", "")) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
            }
        } catch (IOException e) {
            throw new SQLException("cannot delete " + file, e);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
