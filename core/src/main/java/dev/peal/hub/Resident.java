package dev.peal.hub;

import dev.peal.log.Entry;

/**
 * What is kept in memory about one open room beside its members: it moves in when the room opens ({@link Residents#open}) and out when the room leaves memory.
 * Every method is called on the room's owner, and must not throw or block.
 */
public interface Resident {
    /**
     * The room's next entry was stored: in order, none left out, none twice, whoever appended it. The answer to the room's own append comes directly behind. The
     * first one is that behind {@link OpenRoom#newest}; those stored while the resident was loading come as soon as it is there.
     */
    void entry(Entry entry);

    /** The room leaves memory, or its log is not what it was: nothing more comes, and what the next one knows it has to load. */
    void closed();
}
