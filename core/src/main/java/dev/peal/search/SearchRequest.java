package dev.peal.search;

import dev.peal.log.RoomKey;

/**
 * What to look for.
 *
 * @param query as a person wrote it; one without a word finds nothing
 * @param before only entries with a lower offset; {@link Long#MAX_VALUE}: from the newest on
 * @param limit at most so many hits, 1–{@value #LIMIT_MAX}
 */
public record SearchRequest(RoomKey room, String query, long before, int limit) {
    public static final int LIMIT_MAX = 50;

    public SearchRequest {
        if (before < 0 || limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("before: not negative; limit: 1 to " + LIMIT_MAX);
        }
    }

    /** The same from another place on. */
    public SearchRequest before(long offset) {
        return new SearchRequest(room, query, offset, limit);
    }
}
