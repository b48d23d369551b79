package dev.peal.engine.sqlite;

import dev.peal.log.RoomKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the whole database once, on a thread and a connection of its own, while the log is in use already: every entry's checksum, that a room's entries
 * are there from the oldest to the newest, that each message id leads to its entry, that both trees of names lead to each room, and SQLite's own check of the
 * small tables. It reads in short transactions, so that it holds up no checkpoint.
 *
 * <p>What it finds in a room is told and stays with that room: reads of that part fail. What reaches further, a tree that is not sound or entries that belong to
 * no room, condemns the database: writing on could bury what is still readable.
 */
final class Checker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checker.class);
    private static final int FOUND_MAX = 100;
    private static final int ENTRIES = 500;
    private static final String NEXT_ROOM = RoomRow.SELECT + "WHERE no>? ORDER BY no LIMIT 1";

    private final Connections connections;
    private final Consumer<String> condemn;
    private final Thread thread = new Thread(this::run, "peal-log-checker");
    private final CountDownLatch done = new CountDownLatch(1);
    private final List<String> found = new ArrayList<>();
    private final EntryCodec codec = new EntryCodec();
    private volatile boolean closed;

    Checker(Connections connections, Consumer<String> condemn) {
        this.connections = connections;
        this.condemn = condemn;
        thread.setDaemon(true);
    }

    /** Begins, where there is need. */
    void start(boolean needed) {
        if (needed) {
            thread.start();
        } else {
            done.countDown();
        }
    }

    /** What was found, once everything was looked at. Blocks. */
    List<String> await() throws InterruptedException {
        done.await();
        return List.copyOf(found);
    }

    private void run() {
        long began = System.nanoTime();
        try (Connection connection = connections.reader()) {
            quick(connection);
            connection.setAutoCommit(false);
            long entries = new Pass(connection).run();
            long millis = (System.nanoTime() - began) / 1_000_000;
            LOG.info(
                    "the log was not closed in order; looked at {} entries in {} ms: {} damaged",
                    entries,
                    millis,
                    found.size());
        } catch (SQLException | RuntimeException e) {
            // Also what a damaged database makes of the driver or of us.
            if (Damage.is(e) || e instanceof RuntimeException) {
                condemned("the database: " + e.getMessage());
            } else {
                LOG.warn("the log could not be looked through", e);
            }
        } finally {
            done.countDown();
        }
    }

    /** The trees of rooms and of what is small; the entries' tree is walked anyway, and checking it as a whole would hold one snapshot for long. */
    private void quick(Connection connection) throws SQLException {
        for (String table : new String[] {"meta", "room", "message_id_expiry"}) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("PRAGMA quick_check(" + table + ")")) {
                while (rows.next()) {
                    if (!"ok".equals(rows.getString(1))) {
                        condemned("the table " + table + ": " + rows.getString(1));
                    }
                }
            }
        }
    }

    private void note(String what) {
        if (found.size() < FOUND_MAX) {
            found.add(what);
            LOG.error("damaged: {}", what);
        }
    }

    private void condemned(String what) {
        note(what);
        condemn.accept(what);
    }

    /** One look at every room, in the order of their numbers, which is that of the entries. */
    private final class Pass {
        private final Connection connection;
        private final RoomLookup rooms;
        private final PreparedStatement nextRoom;
        private final PreparedStatement entries;
        private final PreparedStatement between;
        private final PreparedStatement messageId;
        private long looked;

        private Pass(Connection connection) throws SQLException {
            this.connection = connection;
            rooms = new RoomLookup(connection);
            nextRoom = connection.prepareStatement(NEXT_ROOM);
            entries = connection.prepareStatement("SELECT id, body FROM entry WHERE id>? AND id<=? ORDER BY id");
            between = connection.prepareStatement("SELECT id FROM entry WHERE id>? AND id<? LIMIT 1");
            messageId = connection.prepareStatement("SELECT entry FROM message_id WHERE key=?");
        }

        private long run() throws SQLException {
            long after = -1;
            int no = 0;
            for (Room room = room(no); room != null && !closed; room = room(no)) {
                strays(after, RowIds.before(room.no));
                no = room.no;
                after = RowIds.last(no);
                if (room.key != null) {
                    walk(room.key);
                }
            }
            if (!closed) {
                strays(after, Long.MAX_VALUE);
            }
            return looked;
        }

        /** The first room above that number; without a key where its row is damaged. */
        private @Nullable Room room(int above) throws SQLException {
            nextRoom.setInt(1, above);
            try (ResultSet row = nextRoom.executeQuery()) {
                if (!row.next()) {
                    connection.commit();
                    return null;
                }
                int no = row.getInt(1);
                RoomKey key = null;
                try {
                    key = new RoomKey(String.valueOf(row.getString(7)), String.valueOf(row.getString(8)));
                    if (!rooms.agrees(key, RoomRow.of(key, row))) {
                        note("the name of the room " + key);
                    }
                } catch (Damage | IllegalArgumentException e) {
                    note("the row of the room number " + no + ", " + key);
                    key = null;
                }
                return new Room(no, key);
            } finally {
                connection.commit();
            }
        }

        /** A room may have been added meanwhile: then it has a row by now. */
        private void strays(long above, long below) throws SQLException {
            between.setLong(1, above);
            between.setLong(2, below);
            try (ResultSet row = between.executeQuery()) {
                if (row.next()) {
                    int no = (int) (row.getLong(1) >>> 36);
                    nextRoom.setInt(1, no - 1);
                    try (ResultSet room = nextRoom.executeQuery()) {
                        if (!room.next() || room.getInt(1) != no) {
                            condemned("entries of a room number " + no + " that is not known");
                        }
                    }
                }
            }
            connection.commit();
        }

        /** The writer appends and trims meanwhile: each step looks at the row and at entries of one snapshot. */
        private void walk(RoomKey key) throws SQLException {
            long offset = 0;
            while (!closed) {
                RoomRow row = rooms.find(key);
                if (row == null || offset >= row.newest()) {
                    break;
                }
                offset = Math.max(offset, row.trimmed());
                offset = walk(key, row, offset, Math.min(row.newest(), offset + ENTRIES));
                connection.commit();
            }
            connection.commit();
        }

        private long walk(RoomKey key, RoomRow row, long above, long upTo) throws SQLException {
            entries.setLong(1, RowIds.of(row.no(), above));
            entries.setLong(2, RowIds.of(row.no(), upTo));
            long expected = above + 1;
            try (ResultSet rows = entries.executeQuery()) {
                while (rows.next()) {
                    long id = rows.getLong(1);
                    if (RowIds.offset(id) != expected) {
                        note(key + ": entries from offset " + expected + " are missing");
                    }
                    expected = RowIds.offset(id) + 1;
                    look(key, row.no(), id, codec.header(id, rows.getBytes(2)));
                }
            }
            if (expected != upTo + 1) {
                note(key + ": entries from offset " + expected + " are missing");
            }
            return upTo;
        }

        private void look(RoomKey key, int no, long id, EntryCodec.@Nullable Header header) throws SQLException {
            looked++;
            if (header == null) {
                note(key + ": the entry at offset " + RowIds.offset(id));
            } else if (header.messageId() != null) {
                messageId.setBytes(1, MessageKeys.of(no, header.sender(), header.messageId()));
                try (ResultSet known = messageId.executeQuery()) {
                    if (!known.next() || known.getLong(1) != id) {
                        note(key + ": the message id of the entry at offset " + RowIds.offset(id));
                    }
                }
            }
        }

        private record Room(int no, @Nullable RoomKey key) {}
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
