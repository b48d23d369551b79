package dev.peal.server.fallback;

import dev.peal.auth.Identity;
import dev.peal.auth.RandomIds;
import dev.peal.auth.Sha256;
import dev.peal.limit.AddressKey;
import dev.peal.session.Arrival;
import dev.peal.time.Clock;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tickets that open one event stream each, within a short time: what a browser puts into an address in place of its token. Thread-safe, by a lock that is held for
 * a few steps.
 *
 * <p>They are looked up by their digest, so that how long that takes says nothing about one. Nobody is ever refused a ticket: where there are too many, the one
 * that has been unused for longest goes, of the same caller's first, since whoever means to use one does so at once.
 */
final class StreamTickets {
    /** Unused tickets of one user at one address. */
    static final int PER_CALLER_MAX = 32;

    /** Unused tickets in all. */
    static final int TICKETS_MAX = 100_000;

    /** @param userId null for nobody in particular */
    private record Caller(AddressKey address, @Nullable String userId) {}

    private record Held(String digest, Arrival arrival, Caller caller, long untilNanos) {}

    private final long lifeMillis;
    private final Clock clock;

    /** In the order in which they were issued, which is that in which they end. */
    private final LinkedHashMap<String, Held> byDigest = new LinkedHashMap<>();

    private final Map<Caller, ArrayDeque<Held>> byCaller = new HashMap<>();

    StreamTickets(long lifeMillis, Clock clock) {
        this.lifeMillis = lifeMillis;
        this.clock = clock;
    }

    long lifeMillis() {
        return lifeMillis;
    }

    String issue(Arrival arrival, AddressKey address) {
        String ticket = RandomIds.next();
        Identity identity = arrival.identity();
        Caller caller = new Caller(address, identity == null ? null : identity.userId());
        Held held = new Held(Sha256.base64Url(ticket), arrival, caller, clock.nanos() + lifeMillis * 1_000_000L);
        hold(held);
        return ticket;
    }

    /** Uses a ticket up: whose it is, to the first who asks in time. */
    Optional<Arrival> redeem(String ticket) {
        Held held = take(Sha256.base64Url(ticket));
        return held != null && held.untilNanos() - clock.nanos() > 0 ? Optional.of(held.arrival()) : Optional.empty();
    }

    /** Tickets that nobody used yet. */
    synchronized int unused() {
        return byDigest.size();
    }

    private synchronized void hold(Held held) {
        forgetLate();
        ArrayDeque<Held> own = byCaller.getOrDefault(held.caller(), new ArrayDeque<>());
        if (own.size() >= PER_CALLER_MAX || byDigest.size() >= TICKETS_MAX) {
            forget(own.isEmpty() ? eldest() : own.getFirst());
        }
        own.addLast(held);
        byCaller.put(held.caller(), own);
        byDigest.put(held.digest(), held);
    }

    private synchronized @Nullable Held take(String digest) {
        Held held = byDigest.get(digest);
        if (held != null) {
            forget(held);
        }
        return held;
    }

    private void forgetLate() {
        long now = clock.nanos();
        while (!byDigest.isEmpty() && eldest().untilNanos() - now <= 0) {
            forget(eldest());
        }
    }

    private Held eldest() {
        return byDigest.firstEntry().getValue();
    }

    private void forget(Held held) {
        byDigest.remove(held.digest());
        byCaller.computeIfPresent(held.caller(), (caller, own) -> {
            own.remove(held);
            return own.isEmpty() ? null : own;
        });
    }
}
