package dev.peal.hub;

import dev.peal.log.RoomKey;
import java.util.Comparator;

/**
 * A room that somebody is in, at one moment.
 *
 * @param users users in it
 * @param newest the newest offset that its members were given, 0 for none
 */
public record RoomSummary(RoomKey key, int users, String epoch, long newest) {
    /** The order of pages: within one kind, by id. */
    static final Comparator<RoomSummary> BY_ID =
            Comparator.comparing(summary -> summary.key().id());
}
