package dev.peal.engine.sqlite;

import dev.peal.log.RoomKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteConnection;

/**
 * Copies a log's file while a server writes to it, proves a copy sound, and makes of it a history of its own. Each method blocks, opens connections of its own
 * and needs nothing of a running log: it may be another process.
 *
 * <p>The copy is made by SQLite's backup within one read transaction. That holds no lock that a writer waits for, and its pages are those of one moment, so it
 * never begins anew although commits go on; all that it costs the writer is that the write-ahead log is not begun anew until it is done. {@code VACUUM INTO}
 * holds the same transaction for longer: it builds every tree again.
 */
public final class Backup {
    private static final int STEP_PAGES = 1_024;
    private static final int DONE = 0;

    private Backup() {}

    /**
     * Copies everything that was acknowledged before this call, and whatever more is committed at its one moment.
     *
     * @param to a file that does not exist or is empty; it is one file afterwards, with no write-ahead log of its own
     * @param progress hears how many percent are copied
     * @throws SqliteLogException where it cannot be
     */
    public static void copy(Path from, Path to, LongConsumer progress) {
        try (Connection source = new Connections(from).reader();
                Statement statement = source.createStatement()) {
            statement.execute("BEGIN");
            Schema.epoch(source); // the first read takes the snapshot that the copy is of
            int answer = source.unwrap(SQLiteConnection.class)
                    .getDatabase()
                    .backup(
                            "main",
                            to.toString(),
                            (left, pages) -> progress.accept(pages == 0 ? 100 : 100L * (pages - left) / pages),
                            0,
                            0,
                            STEP_PAGES);
            statement.execute("ROLLBACK");
            if (answer != DONE) {
                throw new SqliteLogException("cannot copy " + from + " to " + to + ": SQLite's error " + answer);
            }
            settle(to);
        } catch (SQLException | IOException e) {
            throw new SqliteLogException("cannot copy " + from + " to " + to + ": " + e.getMessage(), e);
        }
    }

    /**
     * Looks at every page, every room and every entry.
     *
     * @param progress hears how many percent of the entries were looked at
     * @throws SqliteLogException where anything is damaged or missing
     */
    public static void verify(Path file, LongConsumer progress) {
        try (Connection connection = new Connections(file).reader()) {
            quickCheck(connection, file);
            long total = Numbers.of(connection, "SELECT coalesce(sum(newest - trimmed), 0) FROM room");
            long looked = 0;
            try (Statement statement = connection.createStatement();
                    ResultSet rooms = statement.executeQuery(RoomRow.SELECT + "ORDER BY no")) {
                while (rooms.next()) {
                    RoomKey key = new RoomKey(rooms.getString(7), rooms.getString(8));
                    looked = verify(connection, key, RoomRow.of(key, rooms), looked, total, progress);
                }
            }
            if (Numbers.of(connection, "SELECT count(*) FROM entry") != looked) {
                throw new SQLException("entries that belong to no room");
            }
        } catch (SQLException | RuntimeException e) {
            throw new SqliteLogException(file + " is no sound log: " + e.getMessage(), e);
        }
    }

    private static void quickCheck(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!rows.next() || !"ok".equals(rows.getString(1))) {
                throw new SQLException("the quick check of " + file.getFileName() + " failed");
            }
        }
    }

    private static long verify(
            Connection connection, RoomKey key, RoomRow room, long before, long total, LongConsumer progress)
            throws SQLException {
        EntryCodec codec = new EntryCodec();
        long expected = room.trimmed() + 1;
        long looked = before;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, body FROM entry WHERE id>? AND id<=? ORDER BY id")) {
            select.setLong(1, RowIds.before(room.no()));
            select.setLong(2, RowIds.last(room.no()));
            try (ResultSet rows = select.executeQuery()) {
                for (; rows.next(); expected++) {
                    long id = rows.getLong(1);
                    if (RowIds.offset(id) != expected || codec.header(id, rows.getBytes(2)) == null) {
                        throw new SQLException("damaged or missing entry in " + key + " at offset " + expected);
                    }
                    if (++looked % STEP_PAGES == 0) {
                        progress.accept(100 * looked / Math.max(1, total));
                    }
                }
            }
        }
        if (expected != room.newest() + 1) {
            throw new SQLException("missing entry in " + key + " at offset " + expected);
        }
        return looked;
    }

    /**
     * Gives a copy's rooms a new epoch. What was acknowledged after the copy was made is not in it, and its offsets will be given out again: a client that holds
     * one of them must be told that its history is gone, or it would take others' entries for those that it has.
     */
    public static void beginNewEpoch(Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=DELETE");
            statement.execute("PRAGMA synchronous=FULL");
            Epochs.renew(connection);
            // The copy is of a running log, and was looked through: the next start need not look again for what an
            // unclean stop left.
            StopMark.CLEAN.set(connection);
        } catch (SQLException | RuntimeException e) {
            throw new SqliteLogException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** The copied first page says that there is a write-ahead log: whoever opens it to read it would make one. */
    private static void settle(Path file) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=DELETE");
        }
        sync(file);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        if (Files.size(file) == 0) {
            throw new IOException("nothing was copied");
        }
    }
}
