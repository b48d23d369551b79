package dev.peal.hub;

import dev.peal.log.RoomKey;
import dev.peal.time.Owner;

/**
 * A room whose log has opened.
 *
 * @param owner the thread that owns it
 * @param epoch as in {@link dev.peal.protocol.Position}
 * @param oldest the oldest offset held (newest + 1 where none is)
 * @param newest the newest offset, 0 for a room without entries
 */
public record OpenRoom(RoomKey key, Owner owner, String epoch, long oldest, long newest) {}
