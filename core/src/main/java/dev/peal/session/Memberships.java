package dev.peal.session;

import dev.peal.app.App;
import dev.peal.app.Apps;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.hub.Hub;
import dev.peal.hub.Who;
import dev.peal.log.RoomKey;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.Parsed;
import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import dev.peal.protocol.ServerMessages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one session, and what comes back from them. Few, so a list that is looked through. Owned by the connection's loop.
 */
final class Memberships {
    private final Session session;
    private @Nullable ArrayList<Membership> list;

    Memberships(Session session) {
        this.session = session;
    }

    private @Nullable Membership find(String kind, String roomId) {
        ArrayList<Membership> all = list;
        if (all == null) {
            return null;
        }
        for (int i = 0; i < all.size(); i++) {
            Membership membership = all.get(i);
            if (membership.isOf(kind, roomId)) {
                return membership;
            }
        }
        return null;
    }

    private void keep(Membership membership) {
        ArrayList<Membership> all = list;
        if (all == null) {
            all = new ArrayList<>(1);
            list = all;
        }
        if (!all.contains(membership)) {
            all.add(membership);
        }
    }

    private void forgetIfIdle(Membership membership) {
        if (list != null && membership.isIdle()) {
            list.remove(membership);
        }
    }

    /** Lets every replay go on. Called for each write that the socket takes, so it makes no objects. */
    void proceed() {
        ArrayList<Membership> all = list;
        for (int i = 0; all != null && i < all.size(); i++) {
            Replay replay = all.get(i).replay();
            if (replay != null) {
                replay.proceed();
            }
        }
    }

    /** Sends a message to the room that it is about. */
    void request(Apps.Route route, Parsed.Envelope envelope, Reply reply) {
        MessageType.Bound message = route.type().bind(envelope.data());
        if (message == null) {
            reply.refuse(ErrorCode.INVALID_MESSAGE);
            return;
        }
        String kind = route.app().kind().kind();
        Membership membership = find(kind, message.roomId());
        Hub hub = session.sessions().hub();
        if (membership == null) {
            if (count() >= session.config().roomsMax()) {
                reply.refuse(ErrorCode.TOO_MANY_ROOMS);
                return;
            }
            membership = new Membership(hub.member(
                    new RoomKey(kind, message.roomId()),
                    session.outbox(),
                    session.loop().loop()));
            keep(membership);
        }
        long fingerprint = envelope.messageId() == null ? 0 : Fingerprint.of(envelope);
        hub.with(
                membership.member(),
                new Request(session, membership, route.app(), message, reply, envelope.messageId(), fingerprint));
    }

    /** Follows a room of the server's own. */
    void watch(RoomKey key, @Nullable Position since, Reply reply) {
        Hub hub = session.sessions().hub();
        Membership membership =
                new Membership(hub.member(key, session.outbox(), session.loop().loop()));
        keep(membership);
        membership.ask();
        Entering entering = new Entering(session, membership, reply, new Outcome.Join(since), true);
        hub.with(membership.member(), room -> room.watch(membership.member(), entering));
    }

    // Answers of a room.

    void joined(Entering entering, Position newest, long oldest) {
        Membership membership = entering.membership();
        if (entering.counted()) {
            membership.answered();
        }
        if (session.closed()) {
            return;
        }
        membership.entered();
        keep(membership);
        Position since = entering.since();
        Replay running = membership.replay();
        if (since == null && running != null && !running.stopped() && !entering.welcomes()) {
            entering.answer(newest, Recovery.NOT_ASKED); // what is on its way goes on
            return;
        }
        membership.stopReplay();
        if (since != null && since.epoch().equals(newest.epoch()) && since.offset() <= newest.offset()) {
            replay(
                    membership,
                    new Replay(
                            session,
                            membership.member(),
                            newest,
                            since.offset(),
                            recovery -> answerJoin(entering, since, newest, recovery)));
            return;
        }
        Recovery recovery =
                since == null ? Recovery.NOT_ASKED : new Recovery.Lost(Recovery.Reason.EPOCH_CHANGED, oldest);
        if (entering.welcomes()) {
            replay(
                    membership,
                    Replay.from(
                            session,
                            membership.member(),
                            newest,
                            recovery,
                            known -> answerJoin(entering, newest, newest, known)));
        } else {
            answerJoin(entering, newest, newest, recovery);
            session.sessions().hub().goLive(membership.member(), newest.offset());
        }
    }

    private static void replay(Membership membership, Replay replay) {
        membership.replay(replay);
        replay.proceed();
    }

    private void answerJoin(Entering entering, Position from, Position newest, Recovery recovery) {
        RoomKey room = entering.membership().member().key();
        session.connection().follows(room, recovery instanceof Recovery.Lost ? newest : from, newest, recovery);
        entering.answer(newest, recovery);
    }

    /** Leaves a room whose application does not let the caller stay, and says so. */
    void review(RoomKey room) {
        Membership membership = find(room.kind(), room.id());
        App app = session.sessions().apps().ofKind(room.kind()).orElse(null);
        if (membership == null || app == null || app.mayStay(session.caller(), room)) {
            return;
        }
        String idField = app.kind().idField();
        membership.stopReplay();
        session.sessions().hub().putOut(membership.member(), () -> {
            membership.left();
            if (!session.closed()) {
                session.connection().leaves(room);
                session.outbox().write(ServerMessages.removed(idField, room.id()));
            }
            forgetIfIdle(membership);
        });
    }

    void left(Membership membership, Reply reply, boolean counted) {
        membership.left();
        if (!session.closed()) {
            session.connection().leaves(membership.member().key());
        }
        if (reply.wanted()) {
            RoomKey room = membership.member().key();
            String idField = session.sessions().hub().kind(room.kind()).idField();
            reply.say(ServerMessages.ack(reply.id(), idField, room.id()));
        }
        settled(membership, counted);
    }

    void refused(Membership membership, Reply reply, ErrorCode code, boolean counted) {
        reply.refuseLast(code);
        settled(membership, counted);
    }

    void answered(Membership membership) {
        settled(membership, true);
    }

    /** Acknowledges an entry, behind the entry itself; {@code offset} 0 where none was stored. */
    void acknowledge(Membership membership, Reply reply, long offset, byte[] ack) {
        Replay replay = membership.replay();
        if (!session.closed() && (replay == null || !replay.hold(offset, ack, reply))) {
            reply.sayLast(ack);
        }
    }

    // All of them.

    void rename(Who who) {
        for (Membership membership : all()) {
            session.sessions().hub().with(membership.member().key(), room -> room.rename(membership.member(), who));
        }
    }

    /** The rooms that the session is in. */
    List<RoomKey> rooms() {
        List<RoomKey> rooms = new ArrayList<>();
        for (Membership membership : all()) {
            if (membership.in()) {
                rooms.add(membership.member().key());
            }
        }
        return rooms;
    }

    /**
     * Leaves all rooms, for the end of the session.
     *
     * @param ticket what its client may come back with, so that its rooms wait for it; or null
     * @return which they were
     */
    Set<RoomKey> end(@Nullable Ticket ticket) {
        Hub hub = session.sessions().hub();
        Set<RoomKey> rooms = new HashSet<>();
        List<Membership> ended = all();
        list = null;
        for (Membership membership : ended) {
            membership.left();
            rooms.add(membership.member().key());
            if (ticket == null) {
                hub.gone(membership.member());
            } else {
                hub.linger(
                        membership.member(),
                        ticket,
                        session.sessions().tickets().graceMillis());
            }
        }
        return rooms;
    }

    private void settled(Membership membership, boolean counted) {
        if (counted) {
            membership.answered();
        }
        forgetIfIdle(membership);
    }

    private int count() {
        return list == null ? 0 : list.size();
    }

    /** A copy, safe against changes while it is gone through. */
    private List<Membership> all() {
        return list == null ? List.of() : List.copyOf(list);
    }
}
