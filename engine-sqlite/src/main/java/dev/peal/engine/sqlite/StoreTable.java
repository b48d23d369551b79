package dev.peal.engine.sqlite;

import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The store's one SQL table, on a reader's or the writer's connection. Thread-confined.
 *
 * <p>A value's version is its row's id: {@code AUTOINCREMENT} never gives an id again, also not a deleted row's, and {@code REPLACE} gives a new one. The body is
 * {@code u32 crc32c · value}; the checksum covers table and key too, so that a turned bit is an error and never another value.
 */
final class StoreTable {
    private static final byte[] FIRST = {};

    private final Connection connection;
    private final CRC32C crc = new CRC32C();

    StoreTable(Connection connection) {
        this.connection = connection;
    }

    /** Beside the log's schema and its versions: it changes for other reasons. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS store(
                      version INTEGER PRIMARY KEY AUTOINCREMENT,
                      name TEXT NOT NULL,
                      key BLOB NOT NULL,
                      body BLOB NOT NULL,
                      UNIQUE(name, key))""");
        }
    }

    StoreRead get(StoreKey key) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version, key, body FROM store WHERE name=? AND key=?")) {
            select.setString(1, key.table());
            select.setBytes(2, bytes(key.key()));
            try (ResultSet rows = select.executeQuery()) {
                return new StoreRead.Rows(rows.next() ? List.of(row(key.table(), rows)) : List.of(), false);
            }
        }
    }

    StoreRead scan(ScanRequest request) throws SQLException {
        byte[] prefix = bytes(request.prefix());
        byte[] end = successor(prefix);
        String below = end == null ? "" : " AND key<?";
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT version, key, body FROM store WHERE name=? AND key>=? AND key>?" + below + " ORDER BY key")) {
            select.setString(1, request.table());
            select.setBytes(2, prefix);
            select.setBytes(3, bytes(request.after()));
            if (end != null) {
                select.setBytes(4, end);
            }
            return scan(request, select);
        }
    }

    private StoreRead scan(ScanRequest request, PreparedStatement select) throws SQLException {
        List<StoreRead.Row> found = new ArrayList<>();
        long size = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (found.size() == request.rowsMax() || size >= ScanRequest.BYTES_MAX) {
                    return new StoreRead.Rows(found, true);
                }
                StoreRead.Row row = row(request.table(), rows);
                size += row.value().length;
                found.add(row);
            }
        }
        return new StoreRead.Rows(found, false);
    }

    /** Within the transaction under way: not to be told before it is committed. A value of null deletes. */
    StoreWrite write(StoreKey key, byte @Nullable [] value, long expected) throws SQLException {
        long version = version(key);
        if (expected != Store.ANY && expected != version) {
            return new StoreWrite.Conflict(version);
        }
        return new StoreWrite.Done(value == null ? delete(key) : replace(key, value));
    }

    private long version(StoreKey key) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version FROM store WHERE name=? AND key=?")) {
            select.setString(1, key.table());
            select.setBytes(2, bytes(key.key()));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : Store.ABSENT;
            }
        }
    }

    private long replace(StoreKey key, byte[] value) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT OR REPLACE INTO store(name, key, body) VALUES(?,?,?) RETURNING version")) {
            byte[] name = bytes(key.key());
            ByteBuffer body = ByteBuffer.allocate(Integer.BYTES + value.length);
            body.putInt(checksum(key.table(), name, value, 0)).put(value);
            insert.setString(1, key.table());
            insert.setBytes(2, name);
            insert.setBytes(3, body.array());
            try (ResultSet rows = insert.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("no version for a value of the table " + key.table());
                }
                return rows.getLong(1);
            }
        }
    }

    private long delete(StoreKey key) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM store WHERE name=? AND key=?")) {
            delete.setString(1, key.table());
            delete.setBytes(2, bytes(key.key()));
            delete.executeUpdate();
            return Store.ABSENT;
        }
    }

    private StoreRead.Row row(String table, ResultSet row) throws SQLException {
        byte[] key = row.getBytes(2);
        byte[] body = row.getBytes(3);
        if (body.length < Integer.BYTES
                || ByteBuffer.wrap(body).getInt() != checksum(table, key, body, Integer.BYTES)) {
            throw new SQLException("damaged value in the table " + table);
        }
        byte[] value = Arrays.copyOfRange(body, Integer.BYTES, body.length);
        return new StoreRead.Row(new String(key, StandardCharsets.UTF_8), row.getLong(1), value);
    }

    private int checksum(String table, byte[] key, byte[] body, int from) {
        crc.reset();
        crc.update(bytes(table));
        crc.update(0);
        crc.update(key);
        crc.update(0);
        crc.update(body, from, body.length - from);
        return (int) crc.getValue();
    }

    /** The least key above all that begin so, or null where there is none. UTF-8 has no byte 0xff, so the last byte has a next one. */
    private static byte @Nullable [] successor(byte[] prefix) {
        if (prefix.length == 0) {
            return null;
        }
        byte[] next = prefix.clone();
        next[next.length - 1]++;
        return next;
    }

    private static byte[] bytes(String text) {
        return text.isEmpty() ? FIRST : text.getBytes(StandardCharsets.UTF_8);
    }
}
