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
            waiting.removeFirst().run().run();
        }
    }

    /** Runs an effect now if nothing is under way, else in its turn. */
    void effect(Runnable run) {
        if (issued == answered && waiting.isEmpty()) {
            run.run();
        } else {
            waiting.addLast(new Effect(issued, run));
        }
    }
}
