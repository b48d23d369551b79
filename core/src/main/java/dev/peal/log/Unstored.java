package dev.peal.log;

import java.util.ArrayDeque;

/**
 * The appends of one feed that were decided on a certain offset and made no entry, until the owner knows it: whatever it decided on top of them meanwhile is not to be
 * stored. Shared by the implementations of {@link RoomLog}; used where appends are decided, in the order in which they were asked for.
 */
public final class Unstored {
    private record One(long number, long expected) {}

    private final ArrayDeque<One> all = new ArrayDeque<>();

    /** An append that later ones may count on made no entry. */
    public void add(long number, long expected) {
        all.addLast(new One(number, expected));
    }

    /**
     * Whether an append counts on one of these.
     *
     * @param answered how many appends the owner had had an answer to when it asked for this one
     */
    public boolean under(long expected, long answered) {
        while (!all.isEmpty() && all.getFirst().number() < answered) {
            all.removeFirst();
        }
        for (One one : all) {
            if (one.expected() < expected) {
                return true;
            }
        }
        return false;
    }
}
