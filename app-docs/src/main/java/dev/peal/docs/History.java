package dev.peal.docs;

import java.time.Duration;

/**
 * How much of a document's past is kept. Its text and its named versions always are; what goes are the operations that led there.
 *
 * @param kept operations younger than this stay; at least a day, so that who was away for an hour finds what they missed
 */
public record History(Duration kept) {
    /** Everything. */
    public static final History ALL = new History(Duration.ofMillis(Long.MAX_VALUE));

    /** The named versions, and the last day. */
    public static final History VERSIONS = new History(Duration.ofDays(1));

    public History {
        if (kept.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("history: a day at least");
        }
    }

    /** The last so many days, and the named versions. */
    public static History days(int days) {
        return new History(Duration.ofDays(days));
    }

    boolean keepsAll() {
        return equals(ALL);
    }
}
