package dev.peal.session;

import dev.peal.app.Apps;
import dev.peal.app.StreamApp;
import dev.peal.auth.Authenticator;
import dev.peal.auth.Revocation;
import dev.peal.hub.Hub;
import dev.peal.hub.Loop;
import dev.peal.hub.Who;
import dev.peal.limit.AddressKey;
import dev.peal.limit.MessageClass;
import dev.peal.limit.RateLimits;
import dev.peal.log.RoomLog;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.Durability;
import dev.peal.protocol.ServerMessages;
import dev.peal.search.Search;
import dev.peal.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All sessions of a server, and what they share. Thread-safe. */
public final class Sessions {
    private final Services services;
    private final SessionConfig config;
    private final List<SessionLoop> loops;
    private final Map<String, Map<String, Handling>> handlings = new HashMap<>();
    private final Map<String, Streaming.Path> streams = new HashMap<>();
    private final Handling unknown;
    private final Notifications notifications;
    private final Tickets tickets;
    private final List<LogPages> logPages;
    private final AtomicLong opened = new AtomicLong();

    /**
     * What sessions use.
     *
     * @param durability what an acknowledgement promises, by room kind
     */
    public record Services(
            Hub hub,
            RoomLog log,
            Search search,
            Apps apps,
            Authenticator authenticator,
            RateLimits limits,
            Function<String, Durability> durability,
            Clock clock,
            SessionMeters meters) {}

    public Sessions(Services services, SessionConfig config) {
        this.services = services;
        this.config = config;
        RateLimits limits = services.limits();
        this.unknown = new Handling.Unknown(limits.messageClass("unknown"));
        for (String kind : services.apps().kinds().keySet()) {
            if (Notifications.isKind(kind)) {
                throw new IllegalArgumentException("no application can have rooms of the kind " + kind);
            }
        }
        for (String path : services.apps().paths()) {
            Map<String, Handling> types = new HashMap<>();
            services.apps()
                    .on(path)
                    .forEach((type, route) -> types.put(
                            type,
                            new Handling.InRoom(
                                    limits.messageClass(type),
                                    route,
                                    route.app().webSocketOnly())));
            for (Own own : Own.values()) {
                types.put(own.type(), new Handling.Self(limits.messageClass(own.type()), own));
            }
            handlings.put(path, types);
        }
        for (StreamApp app : services.apps().streams()) {
            Map<String, Handling> types = new HashMap<>();
            for (Own own : List.of(Own.AUTHENTICATE, Own.PING)) {
                types.put(own.type(), new Handling.Self(limits.messageClass(own.type()), own));
            }
            handlings.put(app.path(), types);
            Map<String, MessageClass> actions = new HashMap<>();
            app.actions().forEach(action -> actions.put(action, limits.messageClass(action)));
            streams.put(app.path(), new Streaming.Path(app, Map.copyOf(actions), app.anonymous()));
        }
        this.tickets = new Tickets(services.hub(), services.clock(), config.grace());
        this.logPages = services.hub().loops().stream()
                .map(loop -> new LogPages(services.log(), loop.owner(), services.meters(), config.replayBytesMax()))
                .toList();
        List<SessionLoop> made = new ArrayList<>();
        for (Loop loop : services.hub().loops()) {
            SessionLoop sessionLoop = new SessionLoop(this, loop);
            made.add(sessionLoop);
            sessionLoop.begin();
        }
        this.loops = List.copyOf(made);
        this.notifications = new Notifications(services.hub(), services.log(), services.clock(), loops);
    }

    /** Notifications to users, and to everybody. */
    public Notifications notifications() {
        return notifications;
    }

    /** Opens a session for a connection whose address has no parameters. */
    public Session open(Connection connection, Opening opening, Loop loop) {
        return open(connection, opening, Map.of(), loop);
    }

    /**
     * Opens a session for a connection. To be called on the connection's loop.
     *
     * @param query the parameters of its address, decoded
     */
    public Session open(Connection connection, Opening opening, Map<String, String> query, Loop loop) {
        assert loop.owner().inside();
        SessionLoop sessionLoop = loops.get(loop.index());
        long number = opened.incrementAndGet();
        // A visitor is gone after one message: what it may do is counted for its address.
        String key =
                opening.part() == Part.VISITOR ? AddressKey.of(opening.client()).toString() : Long.toString(number);
        Who nobody = new Who("~" + key, null, null);
        Session session = new Session(sessionLoop, connection, opening, nobody, (int) number);
        sessionLoop.add(session);
        sessionLoop.wheel().put(session, 1);
        Streaming.@Nullable Path stream = streams.get(opening.path());
        if (stream != null) {
            session.stream(stream, query);
        }
        return session;
    }

    /**
     * Gives a message to the session with an id, as if it had come on that session's connection.
     *
     * @param userId whose session it must be; null in open mode alone, where the id is enough
     * @param token what the message was sent with, or null
     * @return false: there is no such session, or it has no connection
     */
    public boolean post(
            String sessionId, @Nullable String userId, byte[] message, @Nullable String token, Answer answer) {
        Ticket ticket = userId == null ? tickets.find(sessionId) : tickets.find(sessionId, userId);
        if (ticket == null || !(ticket.state() instanceof Ticket.State.Held held)) {
            return false;
        }
        Session session = held.by();
        session.loop().loop().owner().execute(() -> session.post(message, token, answer));
        return true;
    }

    /** Cuts every session that a revocation is about, at once on each loop; one that is without a connection leaves its rooms. */
    public void revoke(Revocation revocation) {
        tickets.endAbsences(revocation::refuses);
        for (SessionLoop loop : loops) {
            loop.loop().owner().execute(() -> loop.each(session -> session.refuseIf(revocation)));
        }
    }

    /** Bytes that wait for their clients to take them, over all sessions. Each loop counts its own; the answer comes on the last one. */
    public CompletionStage<Long> outboxBytes() {
        return onEachLoop(loop -> {
                    long[] waiting = new long[1];
                    loop.each(session -> waiting[0] += session.pendingBytes());
                    return waiting[0];
                })
                .thenApply(sums -> sums.stream().mapToLong(Long::longValue).sum());
    }

    /** Connections that are open now, the oldest first. Each loop looks at its own; the answer comes on the last one. */
    public CompletionStage<List<ConnectionInfo>> connections(ConnectionFilter filter) {
        return onEachLoop(loop -> loop.connections(filter))
                .thenApply(lists -> lists.stream()
                        .flatMap(List::stream)
                        .sorted(ConnectionInfo.BY_ID)
                        .limit(filter.connectionsMax())
                        .toList());
    }

    /**
     * Closes every connection of a user, at once on each loop; a session of theirs that is without one leaves its rooms.
     *
     * @return how many there were; the answer comes on the last loop
     */
    public CompletionStage<Integer> disconnect(String userId, CloseReason reason) {
        tickets.endAbsences(identity -> identity.userId().equals(userId));
        return onEachLoop(loop -> {
                    List<Session> sessions = loop.of(userId);
                    sessions.forEach(session -> session.close(reason));
                    return sessions.size();
                })
                .thenApply(counts -> counts.stream().mapToInt(Integer::intValue).sum());
    }

    private <T> CompletionStage<List<T>> onEachLoop(Function<SessionLoop, T> question) {
        return services.hub().onEachLoop(loop -> question.apply(loops.get(loop.index())));
    }

    /**
     * Sends everyone away before a restart: each client is told a slot in which to come back, and is closed with 1012 in turn, spread evenly over a time.
     *
     * @param done called once, on some loop, when the last one was closed
     */
    public void drain(int overMillis, Runnable done) {
        AtomicInteger left = new AtomicInteger(loops.size());
        for (SessionLoop loop : loops) {
            loop.loop()
                    .owner()
                    .execute(() -> drain(loop, overMillis, () -> {
                        if (left.decrementAndGet() == 0) {
                            done.run();
                        }
                    }));
        }
    }

    private static void drain(SessionLoop loop, int overMillis, Runnable done) {
        int count = Math.max(1, loop.size());
        int[] index = {0};
        loop.each(session -> {
            int slot = (int) ((long) overMillis * index[0]++ / count);
            loop.loop().owner().schedule(() -> sendAway(session, overMillis), slot);
        });
        Runnable end = () -> {
            // Nobody is left who reads them, and their buffers go back before the loop ends.
            loop.forgetSomePages();
            loop.forgetSomePages();
            done.run();
        };
        loop.loop().owner().schedule(end, loop.size() == 0 ? 0 : overMillis);
    }

    /** The slots of those who are sent away evenly over a time lie as evenly over the same time, once it has passed. */
    private static void sendAway(Session session, int afterMillis) {
        session.reply(ServerMessages.reconnect(Math.max(1, afterMillis)));
        session.close(CloseReason.RESTART);
    }

    Tickets tickets() {
        return tickets;
    }

    /** The pages of the rooms that a loop owns. To be used on that loop. */
    LogPages logPages(Loop loop) {
        return logPages.get(loop.index());
    }

    /** Sessions that are without a connection and may come back. */
    public int away() {
        return tickets.away();
    }

    Handling handling(String path, String type) {
        @Nullable Map<String, Handling> types = handlings.get(path);
        @Nullable Handling handling = types == null ? null : types.get(type);
        return handling == null ? unknown : handling;
    }

    Handling unknown() {
        return unknown;
    }

    Durability durability(String kind) {
        return services.durability().apply(kind);
    }

    Apps apps() {
        return services.apps();
    }

    Hub hub() {
        return services.hub();
    }

    RoomLog log() {
        return services.log();
    }

    Search search() {
        return services.search();
    }

    Authenticator authenticator() {
        return services.authenticator();
    }

    RateLimits limits() {
        return services.limits();
    }

    Clock clock() {
        return services.clock();
    }

    SessionMeters meters() {
        return services.meters();
    }

    SessionConfig config() {
        return config;
    }
}
