package dev.peal.hub;

import dev.peal.time.Owner;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those whose connection was lost and whose session may still come back: present in the room meanwhile, and reached by nothing. Owned by the room's owner.
 *
 * <p>A session is any object that is the same one when it comes back.
 */
final class Absentees {
    private record Absentee(Present present, Owner.Timer end) {}

    private final Map<Object, Absentee> bySession = new HashMap<>();

    void add(Object session, Present present, Owner.Timer end) {
        bySession.put(session, new Absentee(present, end));
    }

    /** Takes a session's place out; its time no longer runs. */
    @Nullable
    Present take(Object session) {
        Absentee absentee = bySession.remove(session);
        if (absentee == null) {
            return null;
        }
        absentee.end().cancel();
        return absentee.present();
    }

    boolean isEmpty() {
        return bySession.isEmpty();
    }
}
