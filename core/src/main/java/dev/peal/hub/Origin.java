package dev.peal.hub;

import dev.peal.log.RoomKey;

/**
 * One history of one room: what an offset counts in. Shared by all pushes from it.
 *
 * @param epoch as in {@link dev.peal.protocol.Position}
 */
public record Origin(RoomKey room, String epoch) {}
