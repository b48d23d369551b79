package dev.peal.search;

import dev.peal.log.Entry;
import java.util.Optional;

/** Knows the text of a room kind's entries. Pure, thread-safe, and never throws for any entry. */
@FunctionalInterface
public interface EntryText {
    /** What a person reads in the entry; empty where it is not to be found. */
    Optional<String> of(Entry entry);
}
