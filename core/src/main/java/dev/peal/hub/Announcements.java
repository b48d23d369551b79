package dev.peal.hub;

/**
 * How many joins and leaves a loop tells at once: so many pieces of news to so many members in a second, all its rooms together. Beyond that a room's gather
 * ({@link Announcer}), because each alone would be a write to every member: when ten thousand come back to rooms of a hundred, a million. Owned by its loop.
 */
final class Announcements {
    private static final long WINDOW_MILLIS = 1_000;

    private final Loop loop;
    private final int deliveriesMax;
    private int deliveries;
    private boolean counting;

    Announcements(Loop loop, int deliveriesMax) {
        this.loop = loop;
        this.deliveriesMax = deliveriesMax;
    }

    /** Whether news may go to so many members now. */
    boolean admits(int members) {
        if (deliveries + members > deliveriesMax) {
            return false;
        }
        deliveries += members;
        if (!counting) {
            counting = true;
            loop.owner().schedule(this::begin, WINDOW_MILLIS);
        }
        return true;
    }

    private void begin() {
        counting = false;
        deliveries = 0;
    }
}
