package dev.peal.hub;

/** One user in one room, over all of that user's connections. Owned by the room's owner. */
public final class Present {
    private final Who who;
    private int connections;

    Present(Who who) {
        this.who = who;
    }

    public Who who() {
        return who;
    }

    /** How many connections of this user are in the room. */
    public int connections() {
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
}
