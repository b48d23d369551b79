package dev.peal.docs;

import dev.peal.ot.Delta;
import java.util.Set;

/** Something that is kept beside an open document and goes along with it, such as its comments. Called on the document's owner; must not throw or block. */
public interface Companion {
    /**
     * An operation was stored. Every operation comes, in order, from the one behind the revision that the companion was opened at.
     *
     * @param revision the document's, this operation included
     */
    void applied(Delta operation, long revision);

    /**
     * What is to be kept with a snapshot of the document, so that opening need not go through all operations again: it comes back in {@link Companions#open}. A cache:
     * it may be lost, and then the document is opened from revision 0.
     *
     * @return anything; at most 1 MiB
     */
    byte[] snapshot();

    /** The revisions that must stay readable, whatever is pruned: those of named versions, say. */
    default Set<Long> pinned() {
        return Set.of();
    }

    /** The document leaves memory. */
    default void closed() {}
}
