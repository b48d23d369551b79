package dev.peal.log;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one append made: for every {@link Following} of the room its entry, for the one that asked also the answer.
 *
 * @param entry the new entry, or null where the append made none (conflict, repetition, failure)
 * @param by whose append it was, or null for an entry that is found, not appended
 * @param done where {@code by} wants the answer
 * @param answer the answer
 */
public record LogEvent(@Nullable Entry entry, @Nullable Following by, Consumer<Appended> done, Appended answer) {
    /** An entry without an answer. */
    public static LogEvent found(Entry entry) {
        return new LogEvent(entry, null, answer -> {}, new Appended.Unavailable());
    }
}
