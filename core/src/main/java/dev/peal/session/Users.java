package dev.peal.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signed-in sessions of one loop by their user. Owned by its loop.
 *
 * <p>A hash table chained through the sessions themselves, so that being found costs a session one reference and a share of the table: 8 to 12 bytes.
 */
final class Users {
    private static final int SMALLEST = 16;

    private @Nullable Session[] heads = new Session[SMALLEST];
    private int size;

    void add(Session session) {
        if (size == heads.length) {
            resize(size * 2);
        }
        put(session);
        size++;
    }

    /** Harmless where the session was never added. */
    void remove(Session session, String userId) {
        int slot = slot(userId);
        Session before = null;
        for (Session at = heads[slot]; at != null; at = at.nextOfUsers) {
            if (at == session) {
                if (before == null) {
                    heads[slot] = at.nextOfUsers;
                } else {
                    before.nextOfUsers = at.nextOfUsers;
                }
                at.nextOfUsers = null;
                size--;
                shrink();
                return;
            }
            before = at;
        }
    }

    /** A user's sessions, as of now: the caller may close them. */
    List<Session> of(String userId) {
        List<Session> found = List.of();
        for (Session at = heads[slot(userId)]; at != null; at = at.nextOfUsers) {
            if (userId.equals(at.caller().userId())) {
                if (found.isEmpty()) {
                    found = new ArrayList<>(2);
                }
                found.add(at);
            }
        }
        return found;
    }

    private void put(Session session) {
        String userId = session.caller().userId();
        if (userId == null) {
            throw new IllegalStateException("only a user's session can be found by its user");
        }
        int slot = slot(userId);
        session.nextOfUsers = heads[slot];
        heads[slot] = session;
    }

    private void shrink() {
        if (heads.length > SMALLEST && size <= heads.length / 4) {
            resize(heads.length / 2);
        }
    }

    private void resize(int length) {
        @Nullable Session[] old = heads;
        heads = new Session[length];
        for (Session head : old) {
            Session at = head;
            while (at != null) {
                Session next = at.nextOfUsers;
                put(at);
                at = next;
            }
        }
    }

    /** The table's length is a power of two. */
    private int slot(String userId) {
        int hash = userId.hashCode();
        return (hash ^ hash >>> 16) & heads.length - 1;
    }
}
