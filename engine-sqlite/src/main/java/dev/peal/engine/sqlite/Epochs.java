package dev.peal.engine.sqlite;

import dev.peal.log.RoomKey;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names of histories. */
final class Epochs {
    private static final Logger LOG = LoggerFactory.getLogger(Epochs.class);

    private Epochs() {}

    /** A name that no history has. */
    static String next() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * Gives every room a new epoch, in one transaction: entries that were acknowledged may be missing at their ends, so whoever has a position must not go on
     * from it. A damaged row stays as it is, damaged.
     */
    static void renew(Connection connection) throws SQLException {
        String epoch = next();
        boolean before = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (PreparedStatement meta = connection.prepareStatement("UPDATE meta SET value=? WHERE name='epoch'");
                PreparedStatement update = connection.prepareStatement("UPDATE room SET epoch=?, crc=? WHERE no=?");
                PreparedStatement select = connection.prepareStatement(RoomRow.SELECT);
                ResultSet rows = select.executeQuery()) {
            meta.setString(1, epoch);
            meta.executeUpdate();
            while (rows.next()) {
                renew(rows, epoch, update);
            }
            update.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(before);
    }

    private static void renew(ResultSet row, String epoch, PreparedStatement update) throws SQLException {
        RoomKey key = new RoomKey(row.getString(7), row.getString(8));
        try {
            RoomRow is = RoomRow.of(key, row);
            RoomRow renewed = new RoomRow(is.no(), epoch, is.trimmed(), is.newest(), is.written());
            update.setString(1, epoch);
            update.setLong(2, renewed.checksum(key));
            update.setInt(3, is.no());
            update.addBatch();
        } catch (Damage e) {
            LOG.error("a room keeps its epoch", e);
        }
    }
}
