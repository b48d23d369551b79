package dev.peal.engine.sqlite;

import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One connection that reads. Each read is one snapshot, so a room's bounds and its entries belong together. Thread-confined. */
final class Reader implements AutoCloseable {
    private final Connection connection;
    private final EntryCodec codec = new EntryCodec();
    private final String epoch;
    private final RoomLookup rooms;
    private final PreparedStatement after;
    private final PreparedStatement before;
    private final StoreTable store;

    Reader(Connections connections) throws SQLException {
        connection = connections.reader();
        try {
            epoch = Schema.epoch(connection);
            connection.setAutoCommit(false);
            rooms = new RoomLookup(connection);
            after = connection.prepareStatement("SELECT id, body FROM entry WHERE id>? AND id<? ORDER BY id LIMIT ?");
            before = connection.prepareStatement(
                    "SELECT id, body FROM entry WHERE id>? AND id<? ORDER BY id DESC LIMIT ?");
            store = new StoreTable(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** A read of the store. */
    interface StoreQuery<T> {
        T ask(StoreTable table) throws SQLException;
    }

    <T> T store(StoreQuery<T> query) throws SQLException {
        T answer = query.ask(store);
        connection.commit();
        return answer;
    }

    LogRead read(ReadRequest request) throws SQLException {
        LogRead answer = answer(request, rooms.stand(request.room(), epoch));
        connection.commit();
        return answer;
    }

    private LogRead answer(ReadRequest request, RoomRow is) throws SQLException {
        boolean forward = request.direction() == ReadRequest.Direction.AFTER;
        long oldest = is.trimmed() + 1;
        if ((request.epoch() != null && !request.epoch().equals(is.epoch()))
                || (forward && request.from() > is.newest())) {
            return new LogRead.OtherEpoch(is.epoch(), oldest, is.newest());
        }
        if (forward && request.from() < is.trimmed()) {
            return new LogRead.Truncated(is.epoch(), oldest, is.newest());
        }
        long low = forward ? request.from() : is.trimmed();
        long high = forward ? is.newest() + 1 : Math.min(request.from(), is.newest() + 1);
        List<Entry> found = high - low < 2 ? List.of() : entries(request, is.no(), low, high);
        return new LogRead.Complete(is.epoch(), oldest, is.newest(), found);
    }

    /** Where a room stands; number 0 where it has no row. */
    RoomRow room(RoomKey key) throws SQLException {
        RoomRow row = rooms.stand(key, epoch);
        connection.commit();
        return row;
    }

    /** The entries between the two offsets, both exclusive, from the request's end of them. */
    private List<Entry> entries(ReadRequest request, int no, long low, long high) throws SQLException {
        boolean forward = request.direction() == ReadRequest.Direction.AFTER;
        PreparedStatement select = forward ? after : before;
        select.setLong(1, RowIds.of(no, low));
        select.setLong(2, RowIds.of(no, high));
        select.setInt(3, request.entriesMax());
        List<Entry> found = new ArrayList<>();
        long bytes = 0;
        long expected = forward ? low + 1 : high - 1;
        try (ResultSet rows = select.executeQuery()) {
            while (bytes < request.bytesMax() && rows.next()) {
                long id = rows.getLong(1);
                Entry entry = codec.decode(id, rows.getBytes(2));
                if (entry == null || entry.offset() != expected) {
                    throw new Damage("damaged entry in " + request.room() + " at offset " + expected);
                }
                expected += forward ? 1 : -1;
                bytes += entry.data().length;
                found.add(entry);
            }
        }
        boolean all = expected == (forward ? high : low);
        if (!all && found.size() < request.entriesMax() && bytes < request.bytesMax()) {
            throw new Damage("missing entry in " + request.room() + " at offset " + expected);
        }
        if (!forward) {
            Collections.reverse(found);
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
