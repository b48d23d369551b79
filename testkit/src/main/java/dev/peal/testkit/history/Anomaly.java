package dev.peal.testkit.history;

/** Something that must not be. */
public record Anomaly(Kind kind, String room, String what) {
    /** The kinds of wrong. */
    public enum Kind {
        /** Acknowledged, and not there at the end. */
        LOST,
        /** One publish at two offsets. */
        DUPLICATE,
        /** One sender's later publish before its earlier one. */
        REORDERED,
        /** An entry that nobody sent. */
        PHANTOM,
        /** A reader got an offset that is not above its last one. */
        NON_MONOTONIC,
        /** A hole in what a reader got, although nobody told it of a loss; or in the log itself. */
        SKIPPED,
        /** One offset with two payloads. */
        INCONSISTENT_OFFSET
    }
}
