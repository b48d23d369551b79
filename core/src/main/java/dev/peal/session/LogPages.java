package dev.peal.session;

import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomLog;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pages of the rooms that one loop owns, each read from the log once for the whole server. Owned by that loop. */
final class LogPages {
    /** What the pages kept by one loop weigh at most. */
    static final int BYTES_MAX = 16 << 20;

    private final RoomLog log;
    private final Owner owner;
    private final SessionMeters meters;
    private final int bytesMax;
    private final Generations<Page.Key, Page> kept = new Generations<>(BYTES_MAX, page -> {});
    private final Map<Page.Key, List<Consumer<@Nullable Page>>> reading = new HashMap<>();

    /** @param bytesMax what is read at once */
    LogPages(RoomLog log, Owner owner, SessionMeters meters, int bytesMax) {
        this.log = log;
        this.owner = owner;
        this.meters = meters;
        this.bytesMax = bytesMax;
    }

    /**
     * Gives a page, read now if it is not there.
     *
     * @param entriesMax the same for all who ask for this page
     * @param done told the page (an empty one behind it, where retention took all of it), or null where it cannot be had: another epoch, or the log cannot be read
     */
    void page(Page.Key key, int entriesMax, Consumer<@Nullable Page> done) {
        Page known = kept.get(key);
        if (known != null) {
            done.accept(known);
            return;
        }
        List<Consumer<@Nullable Page>> others = reading.get(key);
        if (others != null) {
            others.add(done);
            return;
        }
        List<Consumer<@Nullable Page>> waiting = new ArrayList<>(4);
        waiting.add(done);
        reading.put(key, waiting);
        read(key, key.from(), key.from() + entriesMax);
    }

    /** A turn of the cache. */
    void turn() {
        kept.turn();
    }

    private void read(Page.Key key, long from, long end) {
        meters.replayRead();
        ReadRequest request = new ReadRequest(
                key.room(), key.epoch(), ReadRequest.Direction.AFTER, from, (int) (end - from), bytesMax);
        log.read(request, owner, result -> read(key, from, end, result));
    }

    private void read(Page.Key key, long from, long end, LogRead result) {
        switch (result) {
            case LogRead.Complete found
            when !found.entries().isEmpty() -> {
                Page page = new Page(from, List.copyOf(found.entries()));
                kept.put(key, page, page.bytes());
                answer(key, page);
            }
            // The page begins before the oldest entry held, which those who ask may not need.
            case LogRead.Truncated trimmed
            when from < trimmed.oldest() - 1 && trimmed.oldest() <= end -> read(key, trimmed.oldest() - 1, end);
            case LogRead.Complete empty -> answer(key, null);
            case LogRead.Truncated trimmed -> answer(key, new Page(trimmed.oldest() - 1, List.of()));
            case LogRead.OtherEpoch other -> answer(key, null);
            case LogRead.Failed failed -> answer(key, null);
        }
    }

    private void answer(Page.Key key, @Nullable Page page) {
        List<Consumer<@Nullable Page>> waiting = reading.remove(key);
        if (waiting != null) {
            waiting.forEach(done -> done.accept(page));
        }
    }
}
