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
    private int no;
    private String epoch;
    private long trimmed;
    private long newest;
    private long written;
    private long tail;
    private long tailWritten;
    private List<LogEvent> events = new ArrayList<>();

    RoomState(RoomKey key, Retention retention, Database.Head head) {
        this.key = key;
        this.retention = retention;
        this.epoch = head.epoch();
        reset(head);
    }

    void reset(Database.Head head) {
        no = head.no();
        epoch = head.epoch();
        trimmed = head.trimmed();
        newest = head.newest();
        written = head.written();
        tail = newest;
        tailWritten = written;
    }

    int no() {
        return no;
    }

    void number(int given) {
        no = given;
    }

    String epoch() {
        return epoch;
    }

    long trimmed() {
        return trimmed;
    }

    void trimmedTo(long offset) {
        trimmed = offset;
    }

    /** The newest durable offset. */
    long newest() {
        return newest;
    }

    /** The data bytes appended up to {@link #newest}. */
    long written() {
        return written;
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
        newest = tail;
        written = tailWritten;
        return takeEvents();
    }

    /** The tail is lost. Answers what was to be told. */
    List<LogEvent> failed() {
        tail = newest;
        tailWritten = written;
        return takeEvents();
    }

    private List<LogEvent> takeEvents() {
        List<LogEvent> taken = events;
        events = new ArrayList<>();
        return taken;
    }
}
