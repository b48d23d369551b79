package dev.peal.market.feed;

import java.util.ArrayList;

/**
 * How often somebody is told, at most. All on a loop who chose the same are told at the same moments, so that they share what they are told. The first change after a
 * pause is told at once. Belongs to its loop.
 */
final class Pace {
    private final LoopFeed loop;
    private final int perSecond;
    private final long intervalNanos;
    private ArrayList<Lane> due = new ArrayList<>();
    private ArrayList<Lane> flushing = new ArrayList<>();
    private boolean planned;
    private long toldNanos;
    private int lanes;

    Pace(LoopFeed loop, int perSecond) {
        this.loop = loop;
        this.perSecond = perSecond;
        this.intervalNanos = 1_000_000_000L / perSecond;
        this.toldNanos = loop.nanos() - intervalNanos;
    }

    int perSecond() {
        return perSecond;
    }

    void due(Lane lane) {
        due.add(lane);
        if (!planned) {
            planned = true;
            long waitNanos = toldNanos + intervalNanos - loop.nanos();
            if (waitNanos <= 0) {
                loop.atEnd(this);
            } else {
                loop.atEndAfter(this, (waitNanos + 999_999) / 1_000_000);
            }
        }
    }

    void flush() {
        planned = false;
        toldNanos = loop.nanos();
        ArrayList<Lane> now = due;
        due = flushing;
        flushing = now;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).flush();
        }
        now.clear();
    }

    void joined() {
        lanes++;
    }

    void left() {
        if (--lanes == 0) {
            loop.forget(this);
        }
    }
}
