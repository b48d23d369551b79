package dev.peal.engine.sqlite;

import dev.peal.log.Entry;
import dev.peal.log.RoomKey;
import dev.peal.search.EntryText;
import dev.peal.search.Word;
import dev.peal.search.Words;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings rooms of the index to where they stand in the log, a bounded step at a time; the entries and the position that says so are one transaction. Has a
 * connection to each. Used by the indexer's thread alone.
 */
final class SearchFiller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SearchFiller.class);
    private static final int SWEEP_ROOMS = 64;

    /** Of the index: about half a millisecond. */
    private static final int MERGE_PAGES = 16;

    private final Connection log;
    private final Connection index;
    private final Function<String, Optional<EntryText>> texts;
    private final EntryCodec codec = new EntryCodec();
    private final PreparedStatement room;
    private final PreparedStatement rooms;
    private final PreparedStatement entries;
    private final PreparedStatement position;
    private final PreparedStatement setPosition;
    private final PreparedStatement add;
    private final PreparedStatement remove;
    private final PreparedStatement merge;
    private final PreparedStatement changes;

    SearchFiller(Connections connections, SearchFile file, Function<String, Optional<EntryText>> texts)
            throws SQLException {
        this.texts = texts;
        log = connections.reader();
        Connection opened = null;
        try {
            opened = file.writer(Schema.epoch(log));
            index = opened;
            log.setAutoCommit(false);
            index.setAutoCommit(false);
            room = log.prepareStatement(RoomRow.SELECT + "WHERE no=?");
            rooms = log.prepareStatement("SELECT no FROM room WHERE no>? ORDER BY no LIMIT " + SWEEP_ROOMS);
            entries = log.prepareStatement("SELECT id, body FROM entry WHERE id>? AND id<=? ORDER BY id LIMIT ?");
            position = index.prepareStatement("SELECT epoch, trimmed, indexed FROM position WHERE room=?");
            setPosition = index.prepareStatement("INSERT OR REPLACE INTO position VALUES(?,?,?,?)");
            add = index.prepareStatement("INSERT INTO words(rowid, text) VALUES(?,?)");
            remove = index.prepareStatement("DELETE FROM words WHERE rowid=?");
            merge = index.prepareStatement("INSERT INTO words(words, rank) VALUES('merge'," + MERGE_PAGES + ")");
            changes = index.prepareStatement("SELECT total_changes()");
        } catch (SQLException | RuntimeException e) {
            log.close();
            if (opened != null) {
                opened.close();
            }
            throw e;
        }
    }

    private record Position(String epoch, long trimmed, long indexed) {}

    /** The numbers of the next rooms above one. */
    List<Integer> roomsAfter(int no) throws SQLException {
        rooms.setInt(1, no);
        List<Integer> found = new ArrayList<>();
        try (ResultSet rows = rooms.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
        }
        log.commit();
        return found;
    }

    /** Does up to {@code budget} entries of a room; answers how many it did. As many as the budget: there may be more. */
    int fill(int no, int budget) throws SQLException {
        int done = 0;
        room.setInt(1, no);
        try (ResultSet rows = room.executeQuery()) {
            if (rows.next()) {
                RoomKey key = new RoomKey(rows.getString(7), rows.getString(8));
                Optional<EntryText> text = texts.apply(key.kind());
                done = text.isPresent() ? fill(RoomRow.of(key, rows), text.get(), budget) : 0;
            }
        } catch (Damage e) {
            LOG.debug("a damaged room is not indexed", e); // who opens it is told; the others go on
        }
        log.commit();
        return done;
    }

    /** Makes what was done visible and lets go of the log's snapshot. */
    void commit() throws SQLException {
        index.commit();
    }

    /** Merges a part of what the last transactions added; true where more is to be merged. FTS5 says that a change of less than two rows was none. */
    boolean merge() throws SQLException {
        long before = changes();
        merge.executeUpdate();
        boolean more = changes() - before >= 2;
        index.commit();
        return more;
    }

    private long changes() throws SQLException {
        try (ResultSet rows = changes.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private int fill(RoomRow row, EntryText text, int budget) throws SQLException {
        Position at = position(row.no());
        if (at == null) {
            at = new Position(row.epoch(), row.trimmed(), row.trimmed());
        } else if (!at.epoch.equals(row.epoch()) || at.indexed > row.newest()) {
            return forget(row, at, budget);
        }
        long trimmed = Math.min(row.trimmed(), at.trimmed + budget);
        remove(row.no(), at.trimmed, Math.min(trimmed, at.indexed));
        int removed = (int) (trimmed - at.trimmed);
        long indexed = Math.max(at.indexed, row.trimmed());
        int left = budget - removed;
        int added = 0;
        if (left > 0 && indexed < row.newest()) {
            long before = indexed;
            indexed = add(row, before, left, text);
            added = (int) Math.min(left, indexed - before);
        }
        if (trimmed != at.trimmed || indexed != at.indexed) {
            set(row.no(), new Position(row.epoch(), trimmed, indexed));
        }
        return indexed == row.newest() && trimmed == row.trimmed() ? Math.min(removed + added, budget - 1) : budget;
    }

    /** Another history came to stand in the log: what the index has of the room goes, a step at a time. */
    private int forget(RoomRow row, Position at, int budget) throws SQLException {
        long upTo = Math.min(at.indexed, at.trimmed + budget);
        remove(row.no(), at.trimmed, upTo);
        if (upTo < at.indexed) {
            set(row.no(), new Position(at.epoch, upTo, at.indexed));
        } else {
            set(row.no(), new Position(row.epoch(), row.trimmed(), row.trimmed()));
        }
        return budget;
    }

    /** Answers the offset up to which everything is in the index now. A damaged entry is not in it: whoever reads it is told. */
    private long add(RoomRow row, long after, int max, EntryText text) throws SQLException {
        entries.setLong(1, RowIds.of(row.no(), after));
        entries.setLong(2, RowIds.of(row.no(), row.newest()));
        entries.setInt(3, max);
        int read = 0;
        long last = after;
        try (ResultSet rows = entries.executeQuery()) {
            for (; rows.next(); read++) {
                long id = rows.getLong(1);
                last = RowIds.offset(id);
                Entry entry = codec.decode(id, rows.getBytes(2));
                Optional<String> words = entry == null ? Optional.empty() : text.of(entry);
                if (words.isPresent()) {
                    add(row.no(), id, words.get());
                }
            }
        }
        return read == max ? last : row.newest();
    }

    private void add(int no, long id, String text) throws SQLException {
        List<Word> words = Words.of(text);
        if (!words.isEmpty()) {
            add.setLong(1, id);
            add.setString(
                    2,
                    words.stream()
                            .map(word -> SearchFile.word(no, word.folded()))
                            .collect(Collectors.joining(" ")));
            add.executeUpdate();
        }
    }

    private void remove(int no, long after, long upTo) throws SQLException {
        for (long offset = after + 1; offset <= upTo; offset++) {
            remove.setLong(1, RowIds.of(no, offset));
            remove.addBatch();
        }
        remove.executeBatch();
    }

    private @Nullable Position position(int no) throws SQLException {
        position.setInt(1, no);
        try (ResultSet rows = position.executeQuery()) {
            return rows.next() ? new Position(rows.getString(1), rows.getLong(2), rows.getLong(3)) : null;
        }
    }

    private void set(int no, Position at) throws SQLException {
        setPosition.setInt(1, no);
        setPosition.setString(2, at.epoch);
        setPosition.setLong(3, at.trimmed);
        setPosition.setLong(4, at.indexed);
        setPosition.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        try {
            log.close();
        } finally {
            index.close();
        }
    }
}
