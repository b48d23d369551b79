package dev.peal.engine.sqlite;

import dev.peal.log.Entry;
import dev.peal.log.LogEvent;
import dev.peal.log.RoomKey;
import dev.peal.time.Clock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the writer back after a failure, without a restart: opens a new connection, proves that it can write and sync, and asks the database where each
 * open room really stands. Writer thread only.
 *
 * <p>A transaction whose commit failed may have reached the disk all the same. Its senders were told {@code Unavailable}; if its entries are there now, they
 * are there for everyone, and followers get them.
 */
final class Healer {
    static final long EVERY_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(Healer.class);

    private final Connections connections;
    private final Clock clock;
    private final List<Found> found = new ArrayList<>();
    private final List<RoomState> lost = new ArrayList<>();
    private long triedNanos;
    private boolean hopeless;

    Healer(Connections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /** Entries that turned out to be stored. */
    record Found(RoomState room, List<LogEvent> events) {}

    void broke() {
        triedNanos = clock.nanos();
    }

    /** What is damaged does not heal: nothing is written until the next start, on a database that was restored. */
    void giveUp() {
        hopeless = true;
    }

    /**
     * Where a room stands, read beside the broken writer, so that a room that nobody is in can still be read.
     *
     * @throws SQLException where nothing can be read either, or what there is must not be trusted
     */
    RoomRow room(RoomKey key) throws SQLException {
        if (hopeless) {
            throw new SQLException("damaged");
        }
        try (Connection connection = connections.reader()) {
            return new RoomLookup(connection).stand(key, Schema.epoch(connection));
        }
    }

    boolean due() {
        return !hopeless && clock.nanos() - triedNanos >= EVERY_MILLIS * 1_000_000;
    }

    List<Found> found() {
        return found;
    }

    /** Rooms whose history is another one or ends earlier than followers were told. */
    List<RoomState> lost() {
        return lost;
    }

    /** A sound database, with {@code rooms} set to where they stand in it; or null, to be tried again. */
    @Nullable
    Database heal(Collection<RoomState> rooms, EntryCodec codec) {
        triedNanos = clock.nanos();
        found.clear();
        lost.clear();
        Database fresh = null;
        try {
            if (connections.doubtful()) {
                connections.renew();
            }
            fresh = new Database(connections);
            fresh.prove();
            for (RoomState room : rooms) {
                check(room, fresh, codec);
            }
            fresh.release();
            return fresh;
        } catch (SQLException | RuntimeException e) {
            LOG.debug("the log still cannot write", e);
            letGo(fresh, e);
            return null;
        }
    }

    private void check(RoomState room, Database fresh, EntryCodec codec) throws SQLException {
        RoomRow head = fresh.room(room.key);
        if (!head.epoch().equals(room.row().epoch())
                || head.newest() < room.row().newest()) {
            lost.add(room);
            return;
        }
        if (head.newest() > room.row().newest()) {
            found.add(new Found(room, entries(fresh, head, room.row().newest(), codec)));
        }
        room.reset(head);
    }

    private static List<LogEvent> entries(Database fresh, RoomRow head, long after, EntryCodec codec)
            throws SQLException {
        List<LogEvent> events = new ArrayList<>();
        try (PreparedStatement select =
                fresh.connection().prepareStatement("SELECT id, body FROM entry WHERE id>? AND id<=? ORDER BY id")) {
            select.setLong(1, RowIds.of(head.no(), after));
            select.setLong(2, RowIds.last(head.no()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Entry entry = codec.decode(rows.getLong(1), rows.getBytes(2));
                    if (entry == null) {
                        throw new Damage("damaged entry " + rows.getLong(1));
                    }
                    events.add(LogEvent.found(entry));
                }
            }
        }
        return events;
    }

    /** Closes what failed; after a failed sync that is not this one's alone. */
    void letGo(@Nullable Database database, Exception why) {
        connections.failed(why);
        try {
            if (database != null) {
                database.close();
            }
        } catch (SQLException e) {
            LOG.debug("closing a failed connection failed", e);
        }
    }
}
