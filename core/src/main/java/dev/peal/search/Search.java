package dev.peal.search;

import dev.peal.time.Owner;
import java.util.function.Consumer;

/** Finds stored entries by their words. Thread-safe; never blocks. */
@FunctionalInterface
public interface Search {
    /**
     * Finds a room's entries that match, newest first; the answer comes on {@code owner}, never from inside this call. Every entry that was acknowledged before
     * the call is looked at. The work of one call is bounded: a page may end early, even empty, and say where to go on.
     */
    void find(SearchRequest request, Owner owner, Consumer<SearchRead> done);
}
