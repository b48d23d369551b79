package dev.peal.session;

import dev.peal.hub.Encoded;
import dev.peal.hub.Loop;
import dev.peal.hub.Push;
import dev.peal.protocol.EnvelopeReader;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** What the sessions of one loop share: the parser and its buffer, the wheel, and the list of them all. Owned by its loop. */
final class SessionLoop {
    private static final int SCRATCH_KEPT = 64 * 1024;
    private static final int PASSED_MAX_MILLIS = 1_000;

    /** Pages of rooms are kept for one to two of these turns. */
    private static final int PAGE_TURN_MILLIS = 2_000;

    private final Sessions sessions;
    private final Loop loop;
    private final EnvelopeReader reader = new EnvelopeReader();
    private final Wheel wheel = new Wheel();
    private final ArrayList<Session> all = new ArrayList<>();
    private final Users users = new Users();
    private final Pages pages;
    private byte[] scratch = new byte[4096];
    private long lastTickNanos;
    private int nowMillis;
    private int wheelMillis;
    private int turnMillis;

    SessionLoop(Sessions sessions, Loop loop) {
        this.sessions = sessions;
        this.loop = loop;
        this.pages = new Pages(this, sessions.config().replayEntriesMax());
        this.lastTickNanos = sessions.clock().nanos();
    }

    void begin() {
        loop.owner().schedule(this::tick, Wheel.TICK_MILLIS);
    }

    Sessions sessions() {
        return sessions;
    }

    Loop loop() {
        return loop;
    }

    EnvelopeReader reader() {
        return reader;
    }

    Wheel wheel() {
        return wheel;
    }

    Pages pages() {
        return pages;
    }

    /** Milliseconds that this loop has been awake, as of its last tick; wraps, so only differences count. */
    int nowMillis() {
        return nowMillis;
    }

    /** The readable bytes of a frame in an array that is good until the next call. */
    byte[] copied(ByteBuf text) {
        int length = text.readableBytes();
        if (scratch.length < length || scratch.length > SCRATCH_KEPT && length <= SCRATCH_KEPT) {
            scratch = new byte[Math.max(4096, length)];
        }
        text.getBytes(text.readerIndex(), scratch, 0, length);
        return scratch;
    }

    void add(Session session) {
        session.listed = all.size();
        all.add(session);
        sessions.meters().sessions(1);
    }

    void remove(Session session) {
        int at = session.listed;
        if (at < 0) {
            return;
        }
        Session last = all.remove(all.size() - 1);
        if (last != session) {
            all.set(at, last);
            last.listed = at;
        }
        session.listed = -1;
        forgetUser(session);
        wheel.remove(session);
        sessions.meters().sessions(-1);
    }

    /** From now on the session is found by its user, if it has one. */
    void knowUser(Session session) {
        if (session.listed >= 0 && session.caller().userId() != null) {
            users.add(session);
        }
    }

    void forgetUser(Session session) {
        String userId = session.caller().userId();
        if (userId != null) {
            users.remove(session, userId);
        }
    }

    /** A user's sessions on this loop, as of now. */
    List<Session> of(String userId) {
        return users.of(userId);
    }

    /** An entry of a user's log, for that user's sessions. */
    void mail(String userId, Push push, boolean replaced) {
        List<Session> sessionsOfUser = users.of(userId);
        if (sessionsOfUser.isEmpty()) {
            return;
        }
        Encoded encoded = new Encoded(List.of(push));
        for (Session session : sessionsOfUser) {
            Inbox.offer(session, userId, push, encoded, replaced);
        }
        encoded.release();
    }

    /** Something for every session that may be spoken to, but those that hear an application alone; one that is full is a slow reader. */
    void broadcast(Push push) {
        Encoded encoded = new Encoded(List.of(push));
        each(session -> {
            if (!session.streams()
                    && !session.mustAuthenticateFirst()
                    && !session.outbox().offer(encoded.in(session.outbox().format()), 0, 1)) {
                session.outbox().slow();
            }
        });
        encoded.release();
    }

    /** The sessions of this loop, as of now. */
    List<Session> all() {
        return List.copyOf(all);
    }

    /** The first connections that a filter asks for, in the order of their ids. */
    List<ConnectionInfo> connections(ConnectionFilter filter) {
        PriorityQueue<Session> first =
                new PriorityQueue<>(Comparator.comparingLong(Session::number).reversed());
        for (Session session : filter.userId().map(this::of).orElse(all)) {
            if (session.number() <= filter.after()) {
                continue;
            }
            first.add(session);
            if (first.size() > filter.connectionsMax()) {
                first.remove();
            }
        }
        return first.stream().map(Session::info).toList();
    }

    /** Calls for each session of this loop; the consumer may close them. */
    void each(Consumer<Session> consumer) {
        all().forEach(consumer);
    }

    int size() {
        return all.size();
    }

    /** Of what was read for replays, only what was used since the last call is kept. */
    void forgetSomePages() {
        pages.turn();
        sessions.logPages(loop).turn();
    }

    /**
     * One turn. A pause of the process (a stopped virtual machine, a long collection) counts as one second at most: nobody is judged for what this side did not
     * listen to.
     */
    private void tick() {
        int passed = (int) ((sessions.clock().nanos() - lastTickNanos) / 1_000_000);
        lastTickNanos += passed * 1_000_000L;
        nowMillis += Math.min(passed, PASSED_MAX_MILLIS);
        while (nowMillis - wheelMillis >= Wheel.TICK_MILLIS) {
            wheelMillis += Wheel.TICK_MILLIS;
            wheel.advance(nowMillis);
        }
        sessions.hub().tick(loop);
        sessions.tickets().sweep();
        if (nowMillis - turnMillis >= PAGE_TURN_MILLIS) {
            turnMillis = nowMillis;
            forgetSomePages();
        }
        begin();
    }
}
