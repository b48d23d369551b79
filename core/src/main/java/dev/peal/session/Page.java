package dev.peal.session;

import dev.peal.hub.Origin;
import dev.peal.hub.Push;
import dev.peal.log.Entry;
import dev.peal.log.RoomKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of a room's stored entries, read once for all who want any part of it. Immutable.
 *
 * @param after the offset before its first entry
 * @param entries in order, without a hole
 */
record Page(long after, List<Entry> entries) {
    /** What an entry takes beside its data, about. */
    private static final int OVERHEAD_BYTES = 96;

    /** Names a page by the offset behind which it was asked for. */
    record Key(RoomKey room, String epoch, long from) {}

    /** The offset of its last entry. */
    long last() {
        return after + entries.size();
    }

    int bytes() {
        int bytes = 0;
        for (Entry entry : entries) {
            bytes += entry.data().length + OVERHEAD_BYTES;
        }
        return bytes;
    }

    List<Push> pushes(Origin origin) {
        List<Push> pushes = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            pushes.add(Push.entry(origin, entry.type(), entry.offset(), entry.data()));
        }
        return pushes;
    }
}
