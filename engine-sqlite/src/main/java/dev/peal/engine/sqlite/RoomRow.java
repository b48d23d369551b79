package dev.peal.engine.sqlite;

import dev.peal.log.RoomKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/**
 * Where a room stands, written in the transaction that makes it so, under a checksum as its entries are. The newest offset is written down, not looked up in
 * the entries: a turned bit in a page of their tree can hide the last of them, and nobody would miss them; here they are missing.
 *
 * @param no its number, 0 where it has no row
 * @param trimmed the highest offset that retention took
 * @param newest the newest offset
 * @param written the sum of data bytes ever appended
 */
record RoomRow(int no, String epoch, long trimmed, long newest, long written) {
    /** What {@link #of} reads, in its order; behind it the room's name. */
    static final String SELECT = "SELECT no, epoch, trimmed, newest, written, crc, kind, id FROM room ";

    /** From a row of {@link #SELECT}. */
    static RoomRow of(RoomKey key, ResultSet row) throws SQLException {
        String epoch = row.getString(2);
        if (epoch != null) {
            RoomRow read = new RoomRow(row.getInt(1), epoch, row.getLong(3), row.getLong(4), row.getLong(5));
            if (row.getLong(6) == read.checksum(key)) {
                return read;
            }
        }
        throw new Damage("damaged row of the room " + key);
    }

    RoomRow trimmedTo(long offset) {
        return new RoomRow(no, epoch, offset, newest, written);
    }

    long checksum(RoomKey key) {
        CRC32C crc = new CRC32C();
        for (String text : new String[] {key.kind(), key.id(), epoch}) {
            crc.update(text.getBytes(StandardCharsets.UTF_8));
            crc.update(0);
        }
        ByteBuffer numbers = ByteBuffer.allocate(4 * Long.BYTES);
        crc.update(numbers.putLong(no)
                .putLong(trimmed)
                .putLong(newest)
                .putLong(written)
                .flip());
        return crc.getValue();
    }
}
