package dev.peal.search;

import dev.peal.log.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search found. */
public sealed interface SearchRead {
    /**
     * Code points of an entry's text that match.
     *
     * @param start the first, from 0
     * @param end behind the last
     */
    record Range(int start, int end) {}

    /**
     * An entry that matches.
     *
     * @param highlights what matches in its text, in rising order, apart from one another, at least one
     */
    record Hit(Entry entry, List<Range> highlights) {
        public Hit {
            highlights = List.copyOf(highlights);
        }
    }

    /**
     * A page.
     *
     * @param hits newest first
     * @param next the {@code before} of the page behind this one; null where nothing is behind it
     */
    record Found(List<Hit> hits, @Nullable Long next) implements SearchRead {
        public Found {
            hits = List.copyOf(hits);
        }
    }

    /** It could not be looked; ask again. */
    record Failed() implements SearchRead {}
}
