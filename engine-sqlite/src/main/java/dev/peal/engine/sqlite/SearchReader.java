package dev.peal.engine.sqlite;

import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.search.EntryText;
import dev.peal.search.Page;
import dev.peal.search.SearchRead;
import dev.peal.search.SearchRequest;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches one room: what is not indexed yet in the log itself, the rest by the index. Thread-confined.
 *
 * <p>The index only proposes: every entry is read from the log and looked at again, so that nothing is found that is not there, not allowed to be there any
 * more, or in another room.
 */
final class SearchReader implements AutoCloseable {
    /** Entries that one request reads from the log beside the index. */
    static final int SCAN_ENTRIES_MAX = 8_192;

    private static final int PART_ENTRIES = 256;
    private static final int PART_BYTES = 1 << 20;

    private final SearchFile file;
    private final Reader log;
    private final @Nullable SearchIndex index;

    SearchReader(Connections connections, SearchFile file) throws SQLException {
        this.file = file;
        log = new Reader(connections);
        try {
            index = file.usable() ? new SearchIndex(file) : null;
        } catch (SQLException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    SearchRead find(SearchRequest request, EntryText text) throws SQLException {
        Page page = new Page(request, text);
        RoomRow row = page.query().isEmpty() ? null : log.room(request.room());
        if (row == null || row.no() == 0) {
            return page.end();
        }
        SearchIndex in = index;
        if (in == null || !file.usable()) {
            return scanned(scan(request.room(), request.before(), row.trimmed(), page), row, page);
        }
        try {
            return find(request, row, in, page);
        } catch (SQLException e) {
            if (SearchFile.broken(e)) {
                file.giveUp();
            }
            throw e;
        }
    }

    private SearchRead find(SearchRequest request, RoomRow row, SearchIndex in, Page page) throws SQLException {
        try {
            long indexed = in.indexed(row);
            long before = scan(request.room(), request.before(), indexed, page);
            if (page.full() || before > indexed + 1 || before <= row.trimmed() + 1) {
                return scanned(before, row, page);
            }
            return lookUp(request, row, in, before, page);
        } finally {
            in.release();
        }
    }

    private static SearchRead scanned(long before, RoomRow row, Page page) {
        return before <= row.trimmed() + 1 ? page.end() : page.endAt(before);
    }

    /** Reads the log from {@code before} down to what is indexed; answers above which offset everything was offered. */
    private long scan(RoomKey room, long before, long indexed, Page page) throws SQLException {
        long at = before;
        for (int looked = 0; at > indexed + 1 && looked < SCAN_ENTRIES_MAX && !page.full(); ) {
            List<Entry> part = read(room, at, PART_ENTRIES);
            for (Entry entry : part.reversed()) {
                if (entry.offset() > indexed) {
                    page.offer(entry);
                }
            }
            looked += part.size();
            at = part.isEmpty() ? indexed + 1 : Math.max(part.getFirst().offset(), indexed + 1);
        }
        return at;
    }

    private SearchRead lookUp(SearchRequest request, RoomRow row, SearchIndex in, long before, Page page)
            throws SQLException {
        int wanted = request.limit() + 1;
        long below = before;
        while (!page.full()) {
            List<Long> offsets = in.offsets(page.query(), row, below, wanted);
            for (long offset : offsets) {
                // A neighbour below it where retention took it meanwhile: then none.
                for (Entry entry : read(request.room(), offset + 1, 1)) {
                    if (entry.offset() == offset) {
                        page.offer(entry);
                    }
                }
            }
            if (offsets.size() < wanted) {
                break;
            }
            below = offsets.getLast();
        }
        return page.end();
    }

    private List<Entry> read(RoomKey room, long before, int max) throws SQLException {
        ReadRequest request = new ReadRequest(room, null, ReadRequest.Direction.BEFORE, before, max, PART_BYTES);
        return log.read(request) instanceof LogRead.Complete read ? read.entries() : List.of();
    }

    @Override
    public void close() throws SQLException {
        try {
            log.close();
        } finally {
            if (index != null) {
                index.close();
            }
        }
    }
}
