package dev.peal.server.fallback;

import dev.peal.auth.RandomIds;
import dev.peal.auth.Sha256;
import dev.peal.limit.AddressKey;
import dev.peal.session.Arrival;
import dev.peal.time.Clock;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tickets that open one event stream each, within a short time: what a browser puts into an address in place of its token. Thread-safe.
 *
 * <p>They are looked up by their digest, so that how long that takes says nothing about one.
 */
final class StreamTickets {
    /** Unused tickets of one address. */
    static final int PER_ADDRESS_MAX = 100;

    /** Unused tickets in all. */
    static final int TICKETS_MAX = 100_000;

    private record Held(String digest, Arrival arrival, AddressKey address, long untilNanos) {}

    private final long lifeMillis;
    private final Clock clock;
    private final ConcurrentHashMap<String, Held> byDigest = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<AddressKey, AtomicInteger> byAddress = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Held> inOrder = new ConcurrentLinkedQueue<>();

    StreamTickets(long lifeMillis, Clock clock) {
        this.lifeMillis = lifeMillis;
        this.clock = clock;
    }

    long lifeMillis() {
        return lifeMillis;
    }

    /** A new one; nothing where there are too many that nobody used. */
    Optional<String> issue(Arrival arrival, AddressKey address) {
        forgetLate();
        if (byDigest.size() >= TICKETS_MAX || !count(address)) {
            return Optional.empty();
        }
        String ticket = RandomIds.next();
        Held held = new Held(Sha256.base64Url(ticket), arrival, address, clock.nanos() + lifeMillis * 1_000_000L);
        byDigest.put(held.digest(), held);
        inOrder.add(held);
        return Optional.of(ticket);
    }

    /** Uses a ticket up: whose it is, to the first who asks in time. */
    Optional<Arrival> redeem(String ticket) {
        Held held = byDigest.get(Sha256.base64Url(ticket));
        return held != null && end(held) && held.untilNanos() - clock.nanos() > 0
                ? Optional.of(held.arrival())
                : Optional.empty();
    }

    /** Tickets that nobody used yet. */
    int unused() {
        return byDigest.size();
    }

    private void forgetLate() {
        long now = clock.nanos();
        Iterator<Held> eldest = inOrder.iterator();
        while (eldest.hasNext()) {
            Held held = eldest.next();
            if (held.untilNanos() - now > 0) {
                return;
            }
            eldest.remove();
            end(held);
        }
    }

    private boolean end(Held held) {
        boolean ended = byDigest.remove(held.digest(), held);
        if (ended) {
            byAddress.computeIfPresent(held.address(), (key, count) -> count.decrementAndGet() == 0 ? null : count);
        }
        return ended;
    }

    private boolean count(AddressKey address) {
        boolean[] counted = new boolean[1];
        byAddress.compute(address, (key, before) -> {
            AtomicInteger count = before == null ? new AtomicInteger() : before;
            counted[0] = count.get() < PER_ADDRESS_MAX;
            if (counted[0]) {
                count.incrementAndGet();
            }
            return count;
        });
        return counted[0];
    }
}
