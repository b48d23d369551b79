package dev.peal.engine.sqlite;

import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.time.Clock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away what retention no longer keeps, in steps of some milliseconds, each a transaction between two commits. Writer thread only.
 *
 * <p>Rooms that were written to are looked at soon; all others in turn, some at each step, for entries that grew old. A message id outlives its entry until
 * it is a day old. What a step did counts once it is committed: until then the rooms' states and what was given up are as they were.
 */
final class Trimmer {
    private static final Logger LOG = LoggerFactory.getLogger(Trimmer.class);

    private static final int STEP_ENTRIES = 4_096;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int CHUNK_ENTRIES = 256;

    private static final int SWEEP_ROOMS = 64;
    private static final long MESSAGE_ID_MILLIS = TimeUnit.HOURS.toMillis(24);

    private final Clock clock;
    private final Function<String, Retention> retention;
    private final Pressure pressure;
    private final Function<RoomKey, @Nullable RoomState> open;
    private final EntryCodec codec = new EntryCodec();
    private final Map<RoomKey, Long> givenUp = new HashMap<>();
    private final Set<RoomKey> touched = new LinkedHashSet<>();
    private final ArrayDeque<RoomKey> due = new ArrayDeque<>();

    /** How far the transaction under way has trimmed rooms. */
    private final Map<RoomKey, Long> underWay = new LinkedHashMap<>();

    /** Rooms that keep nothing more than they should once that is committed. */
    private final Set<RoomKey> done = new HashSet<>();

    /** Rooms that cannot be trimmed: left alone until the next start. */
    private final Set<RoomKey> damaged = new HashSet<>();

    private int sweptTo;

    /** {@code open} finds the writer's state of a room that is open. */
    Trimmer(Clock clock, SqliteConfig config, Function<RoomKey, @Nullable RoomState> open) {
        this.clock = clock;
        this.retention = config.retention();
        this.pressure = new Pressure(config.bytesMax());
        this.open = open;
    }

    private record Row(long id, EntryCodec.@Nullable Header header) {}

    void touched(Collection<RoomState> rooms) {
        for (RoomState room : rooms) {
            if (!room.retention.equals(Retention.ALL) && !room.retention.equals(Retention.UNTIL_TRIMMED)) {
                touched.add(room.key);
            }
        }
    }

    /** A room's entries up to an offset are not wanted any more. */
    void giveUp(RoomKey room, long upTo) {
        givenUp.merge(room, upTo, Math::max);
        touched.add(room);
    }

    /** Does one step; true where more is known to wait. */
    boolean step(Database database) throws SQLException {
        long began = clock.nanos();
        forgetUnderWay(); // a step that failed left it, and its rooms were read anew since
        Connection connection = database.connection();
        pressure.measure(connection);
        if (due.isEmpty()) {
            due.addAll(touched);
            touched.clear();
            sweep(connection);
            forgetExpired(connection);
        }
        int budget = STEP_ENTRIES;
        // Bounded by time, so that it keeps up with a writer that adds thousands of rows between two steps.
        while (budget > 0 && !due.isEmpty() && clock.nanos() - began < STEP_NANOS) {
            int trimmed = trimOrLeave(database, due.element(), CHUNK_ENTRIES);
            if (trimmed < CHUNK_ENTRIES) {
                due.remove();
            }
            budget -= Math.max(1, trimmed);
        }
        connection.commit();
        committed();
        return !due.isEmpty() || pressure.more();
    }

    private void committed() {
        underWay.forEach((key, offset) -> {
            RoomState state = open.apply(key);
            if (state != null) {
                state.trimmedTo(offset);
            }
        });
        givenUp.keySet().removeAll(done);
        forgetUnderWay();
    }

    private void forgetUnderWay() {
        underWay.clear();
        done.clear();
    }

    private void sweep(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT no, kind, id FROM room WHERE no>? ORDER BY no LIMIT " + SWEEP_ROOMS)) {
            select.setInt(1, sweptTo);
            sweptTo = 0;
            int swept = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sweptTo = rows.getInt(1);
                    due.add(new RoomKey(rows.getString(2), rows.getString(3)));
                    swept++;
                }
            }
            if (swept < SWEEP_ROOMS) {
                sweptTo = 0;
                pressure.turned(clock.millis());
            }
        }
    }

    /** A room whose oldest part is damaged keeps it: the others' retention goes on, and what the transaction did for them is done again. */
    private int trimOrLeave(Database database, RoomKey key, int budget) throws SQLException {
        try {
            return damaged.contains(key) ? 0 : trim(database, key, budget);
        } catch (SQLException e) {
            if (!Damage.is(e)) {
                throw e;
            }
            LOG.error("the room {} cannot be trimmed", key, e);
            damaged.add(key);
            database.connection().rollback();
            underWay.remove(key);
            due.addAll(underWay.keySet());
            forgetUnderWay();
            return 0;
        }
    }

    /** Trims one room by up to {@code budget} entries; answers by how many. */
    private int trim(Database database, RoomKey key, int budget) throws SQLException {
        Connection connection = database.connection();
        Retention keep = retention.apply(key.kind());
        long wanted = givenUp.getOrDefault(key, 0L);
        RoomRow stored = wanted == 0 && keepsAll(keep) ? null : database.rooms().find(key);
        if (stored == null) {
            done.add(key);
            return 0;
        }
        long unwantedTo = wanted == RoomLog.ALL ? stored.newest() : Math.min(wanted, stored.newest() - 1);
        List<Row> gone = new ArrayList<>();
        for (Row row : oldest(connection, stored, budget)) {
            boolean unwanted = RowIds.offset(row.id) <= unwantedTo;
            if (!unwanted && !exceeds(keep, row, stored) && !pressed(keep, row, stored)) {
                break;
            }
            gone.add(row);
        }
        if (!gone.isEmpty()) {
            delete(database, key, stored, gone);
        }
        if (gone.size() < budget) {
            done.add(key);
        }
        return gone.size();
    }

    private boolean keepsAll(Retention keep) {
        return keep.equals(Retention.UNTIL_TRIMMED) || (keep.equals(Retention.ALL) && !pressure.on());
    }

    /** The newest entry is kept by count and bytes, whatever its size. A damaged entry counts as old: only age takes it, and whatever takes its successor. */
    private boolean exceeds(Retention keep, Row row, RoomRow room) {
        long offset = RowIds.offset(row.id);
        if (room.newest() - offset >= keep.entriesMax()) {
            return true;
        }
        EntryCodec.Header header = row.header;
        if (header == null) {
            return keep.ageMillis() != Long.MAX_VALUE;
        }
        if (clock.millis() - keep.ageMillis() >= header.timeMillis()) {
            return true;
        }
        return offset < room.newest() && room.written() - header.written() + header.dataBytes() > keep.bytesMax();
    }

    /** Whether the total takes it. The newest entry stays; a damaged one goes before what follows it. */
    private boolean pressed(Retention keep, Row row, RoomRow room) {
        if (!keep.yields() || !pressure.on() || RowIds.offset(row.id) >= room.newest()) {
            return false;
        }
        EntryCodec.Header header = row.header;
        if (header == null || pressure.takes(header.timeMillis())) {
            return true;
        }
        pressure.stays(header.timeMillis());
        return false;
    }

    private List<Row> oldest(Connection connection, RoomRow room, int budget) throws SQLException {
        String sql = "SELECT id, body FROM entry WHERE id>? AND id<=? ORDER BY id LIMIT ?";
        return rows(connection, sql, RowIds.of(room.no(), room.trimmed()), RowIds.last(room.no()), budget);
    }

    private List<Row> rows(Connection connection, String sql, long above, long upTo, int max) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, above);
            select.setLong(2, upTo);
            select.setInt(3, max);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    long id = rows.getLong(1);
                    found.add(new Row(id, codec.header(id, rows.getBytes(2))));
                }
            }
        }
        return found;
    }

    private void delete(Database database, RoomKey key, RoomRow room, List<Row> gone) throws SQLException {
        Connection connection = database.connection();
        int no = room.no();
        long last = gone.getLast().id;
        execute(connection, "DELETE FROM entry WHERE id>? AND id<=?", RowIds.before(no), last);
        long trimmed = RowIds.offset(last);
        database.setRoom(key, room.trimmedTo(trimmed));
        long youngest = clock.millis() - MESSAGE_ID_MILLIS;
        for (Row row : gone) {
            EntryCodec.Header header = row.header;
            if (header != null && header.messageId() != null) {
                byte[] messageKey = MessageKeys.of(no, header.sender(), header.messageId());
                if (header.timeMillis() <= youngest) {
                    execute(connection, "DELETE FROM message_id WHERE key=?", messageKey);
                } else {
                    long expiry = header.timeMillis() + MESSAGE_ID_MILLIS;
                    execute(connection, "INSERT OR IGNORE INTO message_id_expiry VALUES(?,?)", expiry, messageKey);
                }
            }
        }
        underWay.put(key, trimmed);
    }

    private void forgetExpired(Connection connection) throws SQLException {
        String some = "SELECT key FROM message_id_expiry WHERE time<=? ORDER BY time LIMIT " + CHUNK_ENTRIES;
        long now = clock.millis();
        execute(connection, "DELETE FROM message_id WHERE key IN (" + some + ")", now);
        execute(
                connection,
                "DELETE FROM message_id_expiry WHERE (time, key) IN (" + some.replace("key", "time, key") + ")",
                now);
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
