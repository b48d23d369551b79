package dev.peal.engine.sqlite;

import dev.peal.log.RoomKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Finds a room's row by its name, on one connection. Thread-confined as that is.
 *
 * <p>A turned bit in the tree of names would make a room look as if it had never been written to, and its offsets would be given out again. So a room counts
 * as absent only where a second tree, ordered the other way round, does not know it either; only a room's first opening pays for that.
 */
final class RoomLookup {
    private static final String SELECT = RoomRow.SELECT + "INDEXED BY ";

    private final PreparedStatement byKind;
    private final PreparedStatement byId;

    RoomLookup(Connection connection) throws SQLException {
        byKind = connection.prepareStatement(SELECT + "sqlite_autoindex_room_1 WHERE kind=? AND id=?");
        byId = connection.prepareStatement(SELECT + "room_by_id WHERE kind=? AND id=?");
    }

    /**
     * The row, or null where the room was never written to.
     *
     * @throws Damage where the row is not as it was written
     */
    @Nullable
    RoomRow find(RoomKey key) throws SQLException {
        RoomRow found = find(key, byKind);
        return found == null ? find(key, byId) : found;
    }

    /** Where a room stands; number 0 and that epoch, the database's, where it was never written to. */
    RoomRow stand(RoomKey key, String epoch) throws SQLException {
        RoomRow found = find(key);
        return found == null ? new RoomRow(0, epoch, 0, 0, 0) : found;
    }

    /** Whether both trees lead to this row. */
    boolean agrees(RoomKey key, RoomRow row) throws SQLException {
        return row.equals(find(key, byKind)) && row.equals(find(key, byId));
    }

    private static @Nullable RoomRow find(RoomKey key, PreparedStatement select) throws SQLException {
        select.setString(1, key.kind());
        select.setString(2, key.id());
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? RoomRow.of(key, rows) : null;
        }
    }
}
