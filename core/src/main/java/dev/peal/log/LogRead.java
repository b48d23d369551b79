package dev.peal.log;

import java.util.List;

/** What a read found. Never partial without saying so. */
public sealed interface LogRead {
    /**
     * The entries asked for, in rising order, without a hole from {@code from} on (or down from it).
     *
     * @param oldest the oldest offset held (newest + 1 where none is)
     * @param newest the newest offset, 0 for none
     */
    record Complete(String epoch, long oldest, long newest, List<Entry> entries) implements LogRead {}

    /**
     * Entries right after {@code from} were trimmed by retention. Only reading {@link ReadRequest.Direction#AFTER} answers so; reading {@code BEFORE} ends,
     * complete, at the oldest entry held.
     */
    record Truncated(String epoch, long oldest, long newest) implements LogRead {}

    /** The room has another epoch than the one asked for, or {@code AFTER} asks from beyond its newest offset: that history is gone. */
    record OtherEpoch(String epoch, long oldest, long newest) implements LogRead {}

    /** The store could not be read; ask again. */
    record Failed() implements LogRead {}
}
