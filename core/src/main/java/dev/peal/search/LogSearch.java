package dev.peal.search;

import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomLog;
import dev.peal.time.Owner;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Search without an index: reads the log backwards, on the asking owner, at most {@link #ENTRIES_MAX} entries for each request. For logs in memory, and the
 * measure of every other implementation.
 */
public final class LogSearch implements Search {
    /** Bounds how long one request occupies its owner: some milliseconds. */
    static final int ENTRIES_MAX = 2_048;

    private static final int PAGE_ENTRIES = 128;
    private static final int PAGE_BYTES = 256 << 10;

    private final RoomLog log;
    private final Function<String, Optional<EntryText>> texts;

    /** @param texts by room kind; empty for a kind that cannot be searched */
    public LogSearch(RoomLog log, Function<String, Optional<EntryText>> texts) {
        this.log = log;
        this.texts = texts;
    }

    @Override
    public void find(SearchRequest request, Owner owner, Consumer<SearchRead> done) {
        Page page = new Page(request, texts.apply(request.room().kind()).orElse(entry -> Optional.empty()));
        if (page.query().isEmpty()) {
            owner.execute(() -> done.accept(page.end()));
        } else {
            new Scan(request, page, owner, done).read(request.before());
        }
    }

    private final class Scan {
        private final SearchRequest request;
        private final Page page;
        private final Owner owner;
        private final Consumer<SearchRead> done;
        private int looked;

        private Scan(SearchRequest request, Page page, Owner owner, Consumer<SearchRead> done) {
            this.request = request;
            this.page = page;
            this.owner = owner;
            this.done = done;
        }

        private void read(long before) {
            ReadRequest part = new ReadRequest(
                    request.room(), null, ReadRequest.Direction.BEFORE, before, PAGE_ENTRIES, PAGE_BYTES);
            log.read(part, owner, this::take);
        }

        private void take(LogRead read) {
            if (!(read instanceof LogRead.Complete part)) {
                done.accept(new SearchRead.Failed());
                return;
            }
            List<Entry> entries = part.entries();
            for (Entry entry : entries.reversed()) {
                page.offer(entry);
            }
            looked += entries.size();
            long first = entries.isEmpty() ? part.oldest() : entries.getFirst().offset();
            if (page.full() || first <= part.oldest()) {
                done.accept(page.end());
            } else if (looked >= ENTRIES_MAX) {
                done.accept(page.endAt(first));
            } else {
                read(first);
            }
        }
    }
}
