package dev.peal.docs;

import java.util.List;
import java.util.Map;

/**
 * All that a document is at one revision, so that opening it need not go through the operations before. Immutable. One without authors, of a text that has some, is
 * that text alone.
 *
 * @param receipts the client that sent last at the end
 * @param companions what each companion wants back, by {@link Companions#name}
 */
record Snapshot(Text text, List<Author> authors, List<Receipts.Stored> receipts, Map<String, byte[]> companions) {
    /** A document that nobody has written in. */
    static final Snapshot EMPTY = new Snapshot(Text.EMPTY, List.of(), List.of(), Map.of());

    Snapshot {
        authors = List.copyOf(authors);
        receipts = List.copyOf(receipts);
        companions = Map.copyOf(companions);
    }
}
