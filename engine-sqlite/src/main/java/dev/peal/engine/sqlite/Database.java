package dev.peal.engine.sqlite;

import dev.peal.log.RoomKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The writer's connection and its statements. Used by the writer thread alone. After any {@link SQLException} it is closed and never used again: what SQLite
 * and the kernel hold after a failed write is not to be guessed.
 *
 * <p>Entries go in as a JDBC batch of one-row inserts. A statement with many rows looks cheaper and is three times dearer: SQLite then keeps a statement
 * journal, a copy of every page that it touches.
 */
final class Database implements AutoCloseable {
    private static final int PROBE_BYTES = 64 << 10;

    private final Connections connections;
    private final Connection connection;
    private final String epoch;
    private final PreparedStatement addEntry;
    private final PreparedStatement addRoom;
    private final PreparedStatement setRoom;
    private final PreparedStatement addMessageId;
    private final PreparedStatement findMessageId;
    private final RoomLookup rooms;
    private final StoreTable store;
    private boolean entriesWait;

    Database(Connections connections) throws SQLException {
        this.connections = connections;
        connection = connections.writer();
        try {
            Schema.migrate(connection, connections.file());
            StoreTable.create(connection);
            epoch = Schema.epoch(connection);
            connection.setAutoCommit(false);
            addEntry = connection.prepareStatement("INSERT INTO entry VALUES(?,?)");
            addRoom = connection.prepareStatement(
                    "INSERT INTO room(kind,id,epoch,trimmed,newest,written,crc) VALUES(?,?,?,0,0,0,0) RETURNING no");
            setRoom = connection.prepareStatement("UPDATE room SET trimmed=?, newest=?, written=?, crc=? WHERE no=?");
            addMessageId = connection.prepareStatement("INSERT OR IGNORE INTO message_id VALUES(?,?,?)");
            findMessageId = connection.prepareStatement("SELECT entry, fingerprint FROM message_id WHERE key=?");
            rooms = new RoomLookup(connection);
            store = new StoreTable(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** What is known of a message id. */
    record Known(long offset, long fingerprint) {}

    Connection connection() {
        return connection;
    }

    StoreTable store() {
        return store;
    }

    RoomLookup rooms() {
        return rooms;
    }

    /** Where a room stands; number 0 and the database's epoch where it has no row. */
    RoomRow room(RoomKey key) throws SQLException {
        return rooms.stand(key, epoch);
    }

    /** Gives the room a row, which {@link #setRoom} has to fill in the same transaction. */
    int addRoom(RoomKey key, String roomEpoch) throws SQLException {
        addRoom.setString(1, key.kind());
        addRoom.setString(2, key.id());
        addRoom.setString(3, roomEpoch);
        try (ResultSet rows = addRoom.executeQuery()) {
            int no = rows.next() ? rows.getInt(1) : 0;
            if (no < 1 || no > RowIds.ROOMS_MAX) {
                throw new SQLException("no number for the room " + key);
            }
            return no;
        }
    }

    /** Writes down where the room stands. */
    void setRoom(RoomKey key, RoomRow room) throws SQLException {
        setRoom.setLong(1, room.trimmed());
        setRoom.setLong(2, room.newest());
        setRoom.setLong(3, room.written());
        setRoom.setLong(4, room.checksum(key));
        setRoom.setInt(5, room.no());
        if (setRoom.executeUpdate() != 1) {
            throw new SQLException("no row for the room " + key);
        }
    }

    void addEntry(long id, byte[] body) throws SQLException {
        addEntry.setLong(1, id);
        addEntry.setBytes(2, body);
        addEntry.addBatch();
        entriesWait = true;
    }

    /** Whether the key was new; if so, it is known from now on. */
    boolean addMessageId(byte[] key, long id, long fingerprint) throws SQLException {
        addMessageId.setBytes(1, key);
        addMessageId.setLong(2, id);
        addMessageId.setLong(3, fingerprint);
        return addMessageId.executeUpdate() == 1;
    }

    @Nullable
    Known findMessageId(byte[] key) throws SQLException {
        findMessageId.setBytes(1, key);
        try (ResultSet rows = findMessageId.executeQuery()) {
            return rows.next() ? new Known(RowIds.offset(rows.getLong(1)), rows.getLong(2)) : null;
        }
    }

    /**
     * Makes everything since the last commit durable.
     *
     * @throws SQLException also where another connection's sync failed meanwhile: it may have been of what this one wrote
     */
    void commit() throws SQLException {
        if (entriesWait) {
            addEntry.executeBatch();
            entriesWait = false;
        }
        connection.commit();
        if (connections.doubtful()) {
            throw new SQLException("a sync failed meanwhile");
        }
    }

    /** Lets go of the snapshot that reads made, so that it does not hold up checkpoints. */
    void release() throws SQLException {
        connection.commit();
    }

    /**
     * Shows that the store works again: copies the whole WAL into the database with fresh, synced writes, so that nothing rests on a write that failed
     * before, then writes and syncs more than an entry takes.
     *
     * @throws SQLException also where a reader of an older moment keeps a part of the WAL from being copied, which SQLite does not call an error
     */
    void prove() throws SQLException {
        connection.setAutoCommit(true);
        connections.settle(connection);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            if (!rows.next() || rows.getLong(2) != rows.getLong(3)) {
                throw new SQLException("a reader keeps a part of the WAL from being copied");
            }
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT OR REPLACE INTO probe VALUES(1, zeroblob(" + PROBE_BYTES + "))");
            StopMark.RUNNING.set(connection); // a start on a full disk could not
            connection.commit();
            statement.executeUpdate("DELETE FROM probe");
            connection.commit();
        }
    }

    /** Notes that this was an orderly end, moves the WAL into the database and closes. */
    void finish() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            StopMark.CLEAN.set(connection);
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            connections.failed(e);
            throw e;
        } finally {
            close();
        }
    }

    @Override
    public void close() throws SQLException {
        connections.close(connection);
    }
}
