package dev.peal.session;

import org.jspecify.annotations.Nullable;

/**
 * One timing wheel for all the connections of a loop (Varghese and Lauck, 1987, scheme 6): a ring of slots, each a doubly linked list through the nodes
 * themselves, so that a timer costs no object. Owned by its loop.
 *
 * <p>A node is due at the first tick at or after its time; one further away than a turn of the ring is put into the last slot and asked again there.
 */
final class Wheel {
    static final int TICK_MILLIS = 250;
    private static final int SLOTS = 256;

    /** Something with a deadline. */
    abstract static class Node {
        @Nullable
        Node next;

        @Nullable
        Node previous;

        /** Looks at its deadlines; answers in how many milliseconds to be asked again, or -1 for never. */
        abstract int due(int nowMillis);
    }

    private static final class Head extends Node {
        Head() {
            next = this;
            previous = this;
        }

        @Override
        int due(int nowMillis) {
            return -1;
        }
    }

    private final Head[] slots = new Head[SLOTS];
    private int tick;

    Wheel() {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Head();
        }
    }

    /** Puts a node into the slot for a delay, out of the one where it was. */
    void put(Node node, int delayMillis) {
        remove(node);
        int ticks = Math.min(Math.max(1, (delayMillis + TICK_MILLIS - 1) / TICK_MILLIS), SLOTS - 1);
        Head head = slots[tick + ticks & SLOTS - 1];
        Node last = previous(head);
        node.previous = last;
        node.next = head;
        last.next = node;
        head.previous = node;
    }

    void remove(Node node) {
        Node next = node.next;
        Node previous = node.previous;
        if (next == null || previous == null) {
            return;
        }
        previous.next = next;
        next.previous = previous;
        node.next = null;
        node.previous = null;
    }

    /** Moves on by one tick and asks every node that is due. */
    void advance(int nowMillis) {
        tick++;
        Head head = slots[tick & SLOTS - 1];
        Node node = next(head);
        // Nodes asked now are never put into this slot again: a delay is at least one tick and less than a turn.
        while (node != head) {
            remove(node);
            int delay = node.due(nowMillis);
            if (delay >= 0 && node.next == null) {
                put(node, delay);
            }
            node = next(head);
        }
    }

    private static Node next(Node node) {
        return linked(node.next);
    }

    private static Node previous(Node node) {
        return linked(node.previous);
    }

    private static Node linked(@Nullable Node neighbour) {
        if (neighbour == null) {
            throw new IllegalStateException("a node of the wheel has no neighbour");
        }
        return neighbour;
    }
}
