package dev.peal.hub;

import java.util.ArrayDeque;

/**
 * One order for all that happens in a room: what follows an append waits until that append is done, and passes none of them.
 *
 * <p>Appends go to the log at once, so that many share one commit; the effects of everything else (a signal, a join, a leave, an answer) are let go when the
 * appends that were issued before them have been answered. Owned by the room's owner.
 */
final class Sequence {
    private record Effect(long after, Runnable run) {}

    private final ArrayDeque<Effect> waiting = new ArrayDeque<>();
    private long issued;
    private long answered;

    /** While an effect runs, how many appends were under way or done when it began; else -1. */
    private long turn = -1;

    /** An append goes to the log. */
    void issue() {
        issued++;
    }

    /** Appends under way. */
    long underWay() {
        return issued - answered;
    }

    boolean idle() {
        return issued == answered && waiting.isEmpty();
    }

    /** The oldest append under way was answered, and its own effects have been applied. */
    void answer() {
        answered++;
        while (!waiting.isEmpty() && waiting.getFirst().after() <= answered) {
            run(waiting.removeFirst().run());
        }
    }

    /** Runs an effect now if nothing is under way, else in its turn. What an effect asks for itself is a part of it. */
    void effect(Runnable effect) {
        if (turn == issued || (issued == answered && waiting.isEmpty())) {
            run(effect);
        } else {
            waiting.addLast(new Effect(issued, effect));
        }
    }

    private void run(Runnable effect) {
        long before = turn;
        turn = issued;
        effect.run();
        turn = before;
    }
}
