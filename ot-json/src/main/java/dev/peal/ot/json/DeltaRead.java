package dev.peal.ot.json;

import dev.peal.ot.Delta;

/** What {@link DeltaJson#read} found. */
public sealed interface DeltaRead {
    /** A delta in canonical form: not always the ops as they were written. */
    record Valid(Delta delta) implements DeltaRead {}

    /**
     * No delta.
     *
     * @param op index of the op that is wrong, in the order written; -1 where there are no ops
     * @param problem for people; holds nothing of the input
     */
    record Invalid(int op, String problem) implements DeltaRead {}
}
