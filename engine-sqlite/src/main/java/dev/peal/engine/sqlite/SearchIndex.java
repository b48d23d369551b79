package dev.peal.engine.sqlite;

import dev.peal.search.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The search index as one connection reads it. What is asked between two calls of {@link #release} is of one moment. Thread-confined. */
final class SearchIndex implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement position;
    private final PreparedStatement find;

    SearchIndex(SearchFile file) throws SQLException {
        connection = file.reader();
        try {
            connection.setAutoCommit(false);
            position = connection.prepareStatement("SELECT epoch, indexed FROM position WHERE room=?");
            find = connection.prepareStatement("SELECT rowid FROM words WHERE words MATCH ? AND rowid>? AND rowid<?"
                    + " ORDER BY rowid DESC LIMIT ?");
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Up to which offset it has the room's entries. */
    long indexed(RoomRow row) throws SQLException {
        position.setInt(1, row.no());
        try (ResultSet rows = position.executeQuery()) {
            return rows.next() && row.epoch().equals(rows.getString(1))
                    ? Math.max(rows.getLong(2), row.trimmed())
                    : row.trimmed();
        }
    }

    /** The newest offsets below one that may match. */
    List<Long> offsets(Query query, RoomRow row, long below, int max) throws SQLException {
        find.setString(1, match(row.no(), query));
        find.setLong(2, RowIds.of(row.no(), row.trimmed()));
        find.setLong(3, RowIds.of(row.no(), Math.min(below, RowIds.OFFSET_MAX)));
        find.setInt(4, max);
        List<Long> found = new ArrayList<>();
        try (ResultSet rows = find.executeQuery()) {
            while (rows.next()) {
                found.add(RowIds.offset(rows.getLong(1)));
            }
        }
        return found;
    }

    /** Each phrase in quotes, where nothing is syntax; its words have no quote, since they are letters, digits and symbols. */
    private static String match(int room, Query query) {
        return query.phrases().stream()
                .map(phrase -> phrase.stream()
                        .map(word -> SearchFile.word(room, word))
                        .collect(Collectors.joining(" ", "\"", "\"")))
                .collect(Collectors.joining(" AND ", "", " *"));
    }

    void release() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
