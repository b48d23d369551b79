package dev.peal.transport.poll;

import dev.peal.log.RoomKey;
import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import java.util.List;

/**
 * What a poll came to.
 *
 * @param entries the elements of a JSON array, a comma behind each; UTF-8
 * @param rooms where it stands in each room, in the order asked for
 * @param more whether there is more, to be had at once
 */
public record Polled(byte[] entries, List<Stand> rooms, boolean more) {
    /** Where a reader stands in one log: what it sends as its next {@code since}, and what became of the last one. */
    public record Stand(RoomKey room, Position position, Recovery recovery) {}
}
