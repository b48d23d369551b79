package dev.peal.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rooms of one session: few, so a list that is looked through. Owned by the connection's loop. */
final class Memberships {
    private @Nullable ArrayList<Membership> list;

    @Nullable
    Membership find(String kind, String roomId) {
        ArrayList<Membership> all = list;
        if (all == null) {
            return null;
        }
        for (int i = 0; i < all.size(); i++) {
            Membership membership = all.get(i);
            if (membership.isOf(kind, roomId)) {
                return membership;
            }
        }
        return null;
    }

    void keep(Membership membership) {
        ArrayList<Membership> all = list;
        if (all == null) {
            all = new ArrayList<>(1);
            list = all;
        }
        if (!all.contains(membership)) {
            all.add(membership);
        }
    }

    void forgetIfIdle(Membership membership) {
        if (list != null && membership.isIdle()) {
            list.remove(membership);
        }
    }

    /** Lets every replay go on. Called for each write that the socket takes, so it makes no objects. */
    void proceed() {
        ArrayList<Membership> all = list;
        for (int i = 0; all != null && i < all.size(); i++) {
            Replay replay = all.get(i).replay();
            if (replay != null) {
                replay.proceed();
            }
        }
    }

    int count() {
        return list == null ? 0 : list.size();
    }

    /** Takes all out, for the end of the session. */
    List<Membership> takeAll() {
        ArrayList<Membership> all = list;
        list = null;
        return all == null ? List.of() : all;
    }

    /** A copy, safe against changes while it is gone through. */
    List<Membership> all() {
        return list == null ? List.of() : List.copyOf(list);
    }
}
