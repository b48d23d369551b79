package dev.peal.session;

import dev.peal.auth.Identity;
import dev.peal.auth.RandomIds;
import dev.peal.auth.Sha256;
import dev.peal.hub.Hub;
import dev.peal.log.RoomKey;
import dev.peal.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that may outlive their connections. Thread-safe.
 *
 * <p>A connection that is lost leaves its session away: each of its rooms keeps the user present for the grace time by a timer of its own, so that nothing has to
 * be moved when the client comes back on another loop. Ids are looked up by their digest: how long that takes says nothing about an id.
 */
final class Tickets {
    private record Absence(String digest, Ticket ticket, Ticket.State.Away away) {}

    private final Hub hub;
    private final Clock clock;
    private final SessionConfig.Grace grace;
    private final ConcurrentHashMap<String, Ticket> byDigest = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Absence> absences = new ConcurrentLinkedQueue<>();
    private final AtomicInteger away = new AtomicInteger();

    Tickets(Hub hub, Clock clock, SessionConfig.Grace grace) {
        this.hub = hub;
        this.clock = clock;
        this.grace = grace;
    }

    Ticket issue(Session session, String userId) {
        Ticket ticket = new Ticket(RandomIds.next(), userId, session);
        byDigest.put(Sha256.base64Url(ticket.id()), ticket);
        return ticket;
    }

    /** The ticket with an id, if it is this user's. */
    @Nullable
    Ticket find(String id, String userId) {
        Ticket ticket = find(id);
        return ticket != null && ticket.isOf(userId) ? ticket : null;
    }

    /** The ticket with an id, whose ever it is. */
    @Nullable
    Ticket find(String id) {
        return byDigest.get(Sha256.base64Url(id));
    }

    /** Gives a session that is away to a new connection; false: it is not away, or no longer. */
    boolean resume(Ticket ticket, Session by) {
        boolean resumed = ticket.state() instanceof Ticket.State.Away absence
                && absence.untilNanos() - clock.nanos() > 0
                && ticket.change(absence, new Ticket.State.Held(by, absence.rooms()));
        if (resumed) {
            away.decrementAndGet();
        }
        return resumed;
    }

    /** Whether one more session may be away; if so, {@link #lost} must follow. */
    boolean admitsAbsence() {
        if (away.incrementAndGet() <= grace.sessionsMax()) {
            return true;
        }
        away.decrementAndGet();
        return false;
    }

    /** The connection of a session is lost. Its rooms have been told to keep the user. */
    void lost(Ticket ticket, Session session, Identity identity, Set<RoomKey> rooms) {
        if (!(ticket.state() instanceof Ticket.State.Held held) || held.by() != session) {
            away.decrementAndGet();
            return;
        }
        Set<RoomKey> all = new HashSet<>(held.left());
        all.addAll(rooms);
        Ticket.State.Away absence = new Ticket.State.Away(identity, all, clock.nanos() + grace.millis() * 1_000_000L);
        ticket.change(held, absence);
        absences.add(new Absence(Sha256.base64Url(ticket.id()), ticket, absence));
    }

    /** A session ends with its connection: it leaves the rooms, too, in which it was kept and that it has not joined again. */
    void over(Ticket ticket, Session session) {
        if (ticket.state() instanceof Ticket.State.Held held
                && held.by() == session
                && ticket.change(held, new Ticket.State.Over())) {
            byDigest.remove(Sha256.base64Url(ticket.id()), ticket);
            leave(ticket, held.left());
        }
    }

    /** Ends the sessions that are away and whose user is meant: their rooms are told at once. */
    void endAbsences(Predicate<Identity> whose) {
        for (Absence absence : absences) {
            if (whose.test(absence.away().identity()) && end(absence)) {
                leave(absence.ticket(), absence.away().rooms());
            }
        }
    }

    /** Forgets whoever did not come back in time. Their rooms keep the time themselves. Any loop, on its tick. */
    void sweep() {
        long now = clock.nanos();
        Absence eldest = absences.peek();
        while (eldest != null && eldest.away().untilNanos() - now <= 0) {
            if (absences.remove(eldest)) {
                end(eldest);
            }
            eldest = absences.peek();
        }
    }

    /** How many are away. */
    int away() {
        return away.get();
    }

    int graceMillis() {
        return grace.millis();
    }

    private boolean end(Absence absence) {
        if (!absence.ticket().change(absence.away(), new Ticket.State.Over())) {
            return false;
        }
        away.decrementAndGet();
        byDigest.remove(absence.digest(), absence.ticket());
        return true;
    }

    private void leave(Ticket ticket, Set<RoomKey> rooms) {
        for (RoomKey room : rooms) {
            hub.with(room, open -> open.dismiss(ticket));
        }
    }
}
