package dev.peal.engine.sqlite;

import dev.peal.log.LogEvent;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import java.util.ArrayList;
import java.util.List;

/** An open room as the writer knows it: what is committed, and the tail that the transaction under way adds. Writer thread only. */
final class RoomState {
    final RoomKey key;
    final Retention retention;
    final List<SqliteFeed> feeds = new ArrayList<>(1);
    private RoomRow row;
    private long tail;
    private long tailWritten;
    private List<LogEvent> events = new ArrayList<>();

    RoomState(RoomKey key, Retention retention, RoomRow row) {
        this.key = key;
        this.retention = retention;
        this.row = row;
        this.tail = row.newest();
        this.tailWritten = row.written();
    }

    void reset(RoomRow found) {
        row = found;
        tail = row.newest();
        tailWritten = row.written();
    }

    /** Where the room stands durably; a number that it got in a transaction under way is in it. */
    RoomRow row() {
        return row;
    }

    void number(int given) {
        row = new RoomRow(given, row.epoch(), row.trimmed(), row.newest(), row.written());
    }

    void trimmedTo(long offset) {
        row = row.trimmedTo(offset);
    }

    /** Where the room stands once the transaction under way is committed. */
    RoomRow next() {
        return new RoomRow(row.no(), row.epoch(), row.trimmed(), tail, tailWritten);
    }

    /** The newest offset, counting what is not committed yet. */
    long tail() {
        return tail;
    }

    /** Takes the next offset; answers the sum of data bytes with this entry. */
    long extend(int dataBytes) {
        tail++;
        tailWritten += dataBytes;
        return tailWritten;
    }

    /** Adds to what followers will be told; true for the first since the last commit. */
    boolean add(LogEvent event) {
        events.add(event);
        return events.size() == 1;
    }

    /** The tail is durable. Answers what followers are to be told. */
    List<LogEvent> committed() {
        row = next();
        return takeEvents();
    }

    /** The tail is lost. Answers what was to be told. */
    List<LogEvent> failed() {
        tail = row.newest();
        tailWritten = row.written();
        return takeEvents();
    }

    private List<LogEvent> takeEvents() {
        List<LogEvent> taken = events;
        events = new ArrayList<>();
        return taken;
    }
}
