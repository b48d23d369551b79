package dev.peal.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One room's entries, message ids and feeds. Everything is guarded by this room's monitor. */
final class MemoryRoom {
    /** How long a message id is known at least, also where its entry went earlier. */
    private static final long MESSAGE_ID_MILLIS = TimeUnit.HOURS.toMillis(24);

    /** Message ids known per room; beyond it the oldest is forgotten early. */
    private static final int MESSAGE_IDS_MAX = 1_000_000;

    private static final MemoryFeed[] NONE = {};

    private final RoomKey key;
    private final String epoch;
    private final Retention retention;
    private final Map<IdKey, Known> known = new HashMap<>();
    private final ArrayDeque<IdKey> knownOrder = new ArrayDeque<>();
    private Entry[] ring = new Entry[8];
    private long trimmed;
    private long newest;
    private long bytes;
    private MemoryFeed[] feeds = NONE;

    MemoryRoom(RoomKey key, String epoch, Retention retention) {
        this.key = key;
        this.epoch = epoch;
        this.retention = retention;
    }

    private record IdKey(String sender, String messageId) {}

    private record Known(long offset, long fingerprint, long timeMillis) {}

    RoomKey key() {
        return key;
    }

    String epoch() {
        return epoch;
    }

    long oldest() {
        return trimmed + 1;
    }

    long newest() {
        return newest;
    }

    synchronized boolean written() {
        return newest > 0;
    }

    MemoryFeed[] feeds() {
        return feeds;
    }

    /** Copies, because appends hold on to the array after they left the monitor. */
    void add(MemoryFeed feed) {
        feeds = Arrays.copyOf(feeds, feeds.length + 1);
        feeds[feeds.length - 1] = feed;
    }

    /** A feed that has answers pending still gets them: it is waked before this. */
    void remove(MemoryFeed feed) {
        feeds = Arrays.stream(feeds).filter(other -> other != feed).toArray(MemoryFeed[]::new);
    }

    LogEvent append(Draft draft, long expected, Following by, Consumer<Appended> done, long nowMillis) {
        String messageId = draft.messageId();
        IdKey id = messageId == null ? null : new IdKey(draft.sender(), messageId);
        forgetIds(nowMillis);
        Known before = id == null ? null : known.get(id);
        if (before != null) {
            Appended answer = before.fingerprint == draft.fingerprint()
                    ? new Appended.Stored(epoch, before.offset, true)
                    : new Appended.MessageIdReused();
            return new LogEvent(null, by, done, answer);
        }
        if (expected != Feed.ANY && expected != newest) {
            return new LogEvent(null, by, done, new Appended.Conflict(newest));
        }
        Entry entry = new Entry(newest + 1, draft.timeMillis(), draft.type(), draft.sender(), draft.data());
        push(entry);
        if (id != null) {
            known.put(id, new Known(entry.offset(), draft.fingerprint(), draft.timeMillis()));
            knownOrder.add(id);
        }
        trim(nowMillis);
        return new LogEvent(entry, by, done, new Appended.Stored(epoch, entry.offset(), false));
    }

    synchronized LogRead read(ReadRequest request, long nowMillis) {
        trim(nowMillis);
        boolean after = request.direction() == ReadRequest.Direction.AFTER;
        if ((request.epoch() != null && !request.epoch().equals(epoch)) || (after && request.from() > newest)) {
            return new LogRead.OtherEpoch(epoch, oldest(), newest);
        }
        if (after && request.from() < trimmed) {
            return new LogRead.Truncated(epoch, oldest(), newest);
        }
        List<Entry> found = after ? readAfter(request) : readBefore(request);
        return new LogRead.Complete(epoch, oldest(), newest, found);
    }

    private List<Entry> readAfter(ReadRequest request) {
        List<Entry> found = new ArrayList<>();
        long size = 0;
        for (long at = request.from() + 1; at <= newest && wants(request, found, size); at++) {
            Entry entry = at(at);
            found.add(entry);
            size += entry.data().length;
        }
        return found;
    }

    private List<Entry> readBefore(ReadRequest request) {
        List<Entry> found = new ArrayList<>();
        long size = 0;
        for (long at = Math.min(request.from() - 1, newest); at > trimmed && wants(request, found, size); at--) {
            Entry entry = at(at);
            found.add(entry);
            size += entry.data().length;
        }
        Collections.reverse(found);
        return found;
    }

    private static boolean wants(ReadRequest request, List<Entry> found, long size) {
        return found.size() < request.entriesMax() && size < request.bytesMax();
    }

    /** Drops what retention no longer keeps; the newest entry is kept by count and bytes, whatever its size. */
    void trim(long nowMillis) {
        while (trimmed < newest && exceeds(at(trimmed + 1), nowMillis)) {
            dropOldest();
        }
        forgetIds(nowMillis);
    }

    /** Drops entries up to an offset, but for the newest, or {@link RoomLog#ALL}. */
    synchronized void giveUp(long upTo) {
        long last = upTo == RoomLog.ALL ? newest : Math.min(upTo, newest - 1);
        while (trimmed < last) {
            dropOldest();
        }
    }

    private void dropOldest() {
        trimmed++;
        bytes -= at(trimmed).data().length;
        ring[slot(trimmed)] = null;
    }

    private void forgetIds(long nowMillis) {
        for (IdKey first = knownOrder.peek(); first != null && forgets(first, nowMillis); first = knownOrder.peek()) {
            knownOrder.remove();
            known.remove(first);
        }
    }

    /** Whether nothing is left of the room and nobody looks at it. */
    synchronized boolean trimToNothing(long nowMillis) {
        trim(nowMillis);
        return feeds.length == 0 && trimmed == newest && known.isEmpty();
    }

    private boolean exceeds(Entry oldest, long nowMillis) {
        boolean old = nowMillis - retention.ageMillis() >= oldest.timeMillis();
        boolean many = newest - trimmed > retention.entriesMax();
        boolean large = bytes > retention.bytesMax() && trimmed + 1 < newest;
        return old || many || large;
    }

    private boolean forgets(IdKey id, long nowMillis) {
        Known first = known.get(id);
        return first == null
                || knownOrder.size() > MESSAGE_IDS_MAX
                || (first.offset <= trimmed && nowMillis - MESSAGE_ID_MILLIS >= first.timeMillis);
    }

    private void push(Entry entry) {
        if (newest - trimmed == ring.length) {
            grow();
        }
        newest = entry.offset();
        ring[slot(newest)] = entry;
        bytes += entry.data().length;
    }

    private void grow() {
        @Nullable Entry[] old = ring;
        Entry[] larger = new Entry[old.length * 2];
        for (long offset = trimmed + 1; offset <= newest; offset++) {
            larger[(int) (offset & (larger.length - 1))] = at(offset);
        }
        ring = larger;
    }

    private Entry at(long offset) {
        return ring[slot(offset)];
    }

    /** The ring's length is a power of two. */
    private int slot(long offset) {
        return (int) (offset & (ring.length - 1));
    }
}
