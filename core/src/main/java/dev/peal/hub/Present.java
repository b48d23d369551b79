package dev.peal.hub;

import org.jspecify.annotations.Nullable;

/** One user in one room, over all of that user's connections. Owned by the room's owner. */
final class Present {
    private final Who who;
    private int connections;

    Present(Who who) {
        this.who = who;
    }

    Who who() {
        return who;
    }

    int connections() {
        return connections;
    }

    void enter() {
        connections++;
    }

    /** Whether that was the last one. */
    boolean leave() {
        connections--;
        return connections == 0;
    }

    @Nullable
    String userId() {
        return who.userId();
    }
}
