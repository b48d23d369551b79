package dev.peal.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who is in a room, per user. Sorted by key, so that a page can go on where the last one ended. Owned by the room's owner. */
final class People {
    private final TreeMap<String, Present> byKey = new TreeMap<>();

    /** Counts one more connection of this user. */
    Present enter(Who who) {
        Present present = byKey.computeIfAbsent(who.key(), key -> new Present(who));
        present.enter();
        return present;
    }

    /** Counts one connection less; true if it was the user's last one. */
    boolean leave(Present present) {
        if (!present.leave()) {
            return false;
        }
        byKey.remove(present.who().key());
        return true;
    }

    int total() {
        return byKey.size();
    }

    /** At most {@code limit} users after a key, in the order of keys. */
    List<Present> page(@Nullable String after, int limit) {
        List<Present> page = new ArrayList<>(Math.min(limit, byKey.size()));
        for (Present present : (after == null ? byKey : byKey.tailMap(after, false)).values()) {
            if (page.size() == limit) {
                break;
            }
            page.add(present);
        }
        return page;
    }
}
