package dev.peal.search;

import dev.peal.log.Entry;
import java.util.ArrayList;
import java.util.List;

/** A page of hits as it is gathered: entries are offered from the newest down. Thread-confined. */
public final class Page {
    private static final int BYTES_MAX = 512 << 10;

    private final SearchRequest request;
    private final Query query;
    private final EntryText text;
    private final List<SearchRead.Hit> hits = new ArrayList<>();
    private long bytes;
    private boolean full;

    public Page(SearchRequest request, EntryText text) {
        this.request = request;
        this.query = Query.of(request.query());
        this.text = text;
    }

    public Query query() {
        return query;
    }

    /** Takes an entry if it matches. One that matches and has no room any more makes the page full. */
    public void offer(Entry entry) {
        List<SearchRead.Range> highlights = text.of(entry).map(query::in).orElse(List.of());
        if (full || highlights.isEmpty()) {
            return;
        }
        if (hits.size() == request.limit() || bytes >= BYTES_MAX) {
            full = true;
            return;
        }
        hits.add(new SearchRead.Hit(entry, highlights));
        bytes += entry.data().length;
    }

    /** Whether more matches than the page holds: nothing further need be offered. */
    public boolean full() {
        return full;
    }

    /** The page, once it is full or everything was offered. */
    public SearchRead.Found end() {
        return new SearchRead.Found(hits, full ? hits.getLast().entry().offset() : null);
    }

    /** The page, where everything from an offset up was offered and the rest has to wait for the next request. */
    public SearchRead.Found endAt(long offset) {
        return full ? end() : new SearchRead.Found(hits, offset);
    }
}
