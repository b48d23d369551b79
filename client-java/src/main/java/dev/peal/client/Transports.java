package dev.peal.client;

import dev.peal.client.link.LinkEnd;
import dev.peal.client.link.Transport;
import dev.peal.client.loop.Loop;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which transport to try next: the one that worked last, and another where that one does not get through. Owned by the loop.
 *
 * <p>Whoever is on a fallback begins with the best one again after some time, at a reconnect: a connection that works is left alone.
 */
final class Transports {
    /** Cut so often in a row while it opened, a transport is taken for blocked. */
    private static final int CUTS_MAX = 2;

    private final List<Transport> all;
    private final Loop loop;
    private final long betterAgainNanos;
    private int index;
    private int cuts;
    private int tried;
    private long fellBackNanos;

    Transports(List<Transport> all, Loop loop, long betterAgainMillis) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no transport");
        }
        this.all = List.copyOf(all);
        this.loop = loop;
        this.betterAgainNanos = TimeUnit.MILLISECONDS.toNanos(betterAgainMillis);
    }

    Transport next() {
        if (index > 0 && loop.nanos() - fellBackNanos >= betterAgainNanos) {
            index = 0;
        }
        return all.get(index);
    }

    /** A client is signed in over it. */
    void worked() {
        cuts = 0;
        tried = 0;
    }

    /** Whether another one is to be tried at once; else the client backs off. */
    boolean failed(LinkEnd.Progress progress) {
        return switch (progress) {
            case OPENED, UNREACHED -> false;
            case CUT -> ++cuts >= CUTS_MAX && another();
            case REFUSED -> another();
        };
    }

    private boolean another() {
        cuts = 0;
        index = (index + 1) % all.size();
        fellBackNanos = loop.nanos();
        tried++;
        if (tried < all.size()) {
            return true;
        }
        tried = 0;
        return false;
    }
}
