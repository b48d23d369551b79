package dev.peal.session;

import dev.peal.app.App;
import dev.peal.app.Caller;
import dev.peal.app.MessageType;
import dev.peal.app.Outcome;
import dev.peal.app.RoomView;
import dev.peal.hub.Hub;
import dev.peal.hub.Member;
import dev.peal.hub.Present;
import dev.peal.hub.Push;
import dev.peal.hub.Room;
import dev.peal.log.Appended;
import dev.peal.log.Draft;
import dev.peal.log.Entry;
import dev.peal.log.HistoryPage;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;
import dev.peal.protocol.ServerMessages;
import dev.peal.search.SearchRead;
import dev.peal.search.SearchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One message on its way through its room: made on the connection's loop, carried out on the room's owner, answered on the loop again, behind every push that
 * came before it in the room.
 */
final class Request implements Consumer<Room> {
    private static final Logger LOG = LoggerFactory.getLogger(Request.class);
    private static final int HISTORY_BYTES_MAX = 512 * 1024;

    private final Session session;
    private final Membership membership;
    private final App app;
    private final MessageType.Bound message;
    private final Caller caller;
    private final @Nullable Ticket ticket;
    private final Reply reply;
    private final @Nullable String messageId;
    private final long fingerprint;
    private final boolean counted;
    private final long startNanos;
    private long nowMillis;

    Request(
            Session session,
            Membership membership,
            App app,
            MessageType.Bound message,
            Reply reply,
            @Nullable String messageId,
            long fingerprint) {
        this.session = session;
        this.membership = membership;
        this.app = app;
        this.message = message;
        this.caller = session.caller();
        this.ticket = session.ticket;
        this.reply = reply;
        this.messageId = messageId;
        this.fingerprint = fingerprint;
        this.counted = !membership.in();
        this.startNanos = session.sessions().clock().nanos();
        if (counted) {
            membership.ask();
        }
    }

    @Override
    public void accept(Room room) {
        Member member = membership.member();
        if (!member.holdsBack()) {
            handle(room);
        } else if (member.waiting() < session.config().heldMessagesMax()) {
            member.waits(() -> handle(room));
        } else {
            refuse(room, ErrorCode.UNAVAILABLE);
        }
    }

    private void handle(Room room) {
        if (room.unavailable() && app.residents().isPresent()) {
            refuse(room, ErrorCode.UNAVAILABLE); // what its handlers work with is not there
            return;
        }
        nowMillis = session.sessions().clock().millis();
        Outcome outcome;
        try {
            outcome = message.handle(
                    caller, new RoomView(room.key(), isMember(room), room.users(), nowMillis, room.resident()));
        } catch (RuntimeException e) {
            outcome = failed(e);
        }
        carryOut(room, outcome);
    }

    private Outcome failed(RuntimeException e) {
        LOG.error("the application {} failed on a message", app.kind().kind(), e);
        return Outcome.refuse(ErrorCode.INTERNAL_ERROR);
    }

    private void carryOut(Room room, Outcome outcome) {
        switch (outcome) {
            case Outcome.Append append -> append(room, append, false);
            case Outcome.Signal signal -> signal(room, signal);
            case Outcome.Join join -> join(room, join);
            case Outcome.Leave leave -> leave(room);
            case Outcome.ListPeople list -> listPeople(room, list);
            case Outcome.ReadHistory read -> readHistory(room, read);
            case Outcome.Find find -> find(room, find);
            case Outcome.Reply said -> answer(room, () -> ServerMessages.reply(said.type(), reply.id(), said.data()));
            case Outcome.Acknowledge known -> {
                room.inOrder(() -> acknowledge(room, room.epoch(), known.offset()));
                finish(room);
            }
            case Outcome.Refuse refuse -> refuse(room, refuse.code());
            case Outcome.InTurn turn -> room.inOrder(() -> carryOut(room, decided(turn.decision())));
            case Outcome.Later later -> later(room, later);
        }
    }

    private Outcome decided(Supplier<Outcome> decision) {
        try {
            return decision.get();
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    /** Whatever thread the answer comes on, it is carried out in this room, which waits for it. */
    private void later(Room room, Outcome.Later later) {
        Member member = membership.member();
        room.hold();
        if (later.inOrder()) {
            member.holdBack();
        }
        AtomicBoolean answered = new AtomicBoolean();
        Consumer<Outcome> done = outcome -> {
            if (answered.compareAndSet(false, true)) {
                room.owner().execute(() -> {
                    Runnable step =
                            () -> carryOut(room, room.unavailable() ? Outcome.refuse(ErrorCode.UNAVAILABLE) : outcome);
                    if (later.inOrder()) {
                        member.goOn(step);
                    } else {
                        step.run();
                    }
                    room.release();
                });
            }
        };
        try {
            later.work().accept(done);
        } catch (RuntimeException e) {
            done.accept(failed(e));
        }
    }

    /** @param again from inside the answer to the append that this one replaces */
    private void append(Room room, Outcome.Append append, boolean again) {
        String own = append.messageId();
        Draft draft = new Draft(
                append.type(),
                caller.who().key(),
                own == null ? messageId : own,
                own == null ? fingerprint : 0,
                nowMillis,
                append.data());
        Outbox except = append.exceptCaller() ? session.outbox() : null;
        Consumer<Appended> done = appended -> appended(room, append.then(), appended);
        if (again) {
            room.appendAgain(draft, append.expected(), except, null, done);
        } else {
            room.append(draft, append.expected(), except, null, done);
        }
    }

    private void appended(Room room, Outcome.AfterAppend then, Appended appended) {
        Optional<Outcome> other = Optional.empty();
        try {
            other = then.appended(appended);
        } catch (RuntimeException e) {
            // What was stored is stored: the caller hears of that.
            LOG.error(
                    "the application {} failed on what became of an append",
                    app.kind().kind(),
                    e);
        }
        if (other.isEmpty()) {
            appended(room, appended);
        } else if (other.get() instanceof Outcome.Append append) {
            append(room, append, true);
        } else {
            carryOut(room, other.get());
        }
    }

    private void appended(Room room, Appended appended) {
        switch (appended) {
            case Appended.Stored stored -> {
                session.sessions()
                        .meters()
                        .acknowledged(session.sessions().clock().nanos() - startNanos);
                acknowledge(room, stored.epoch(), stored.offset());
                finish(room);
            }
            case Appended.Conflict conflict -> fail(room, ErrorCode.CONFLICT);
            case Appended.MessageIdReused reused -> fail(room, ErrorCode.MESSAGE_ID_REUSED);
            case Appended.Unavailable unavailable -> fail(room, ErrorCode.UNAVAILABLE);
        }
    }

    /** Says that something was done; {@code offset} 0 where no entry was stored. */
    private void acknowledge(Room room, String epoch, long offset) {
        if (!reply.wanted()) {
            return;
        }
        String idField = room.kind().idField();
        String roomId = room.key().id();
        byte[] ack = offset == 0
                ? ServerMessages.ack(reply.id(), idField, roomId)
                : ServerMessages.ack(reply.id(), idField, roomId, new Position(epoch, offset));
        room.sendTo(session.loop().loop(), () -> session.memberships().acknowledge(membership, reply, offset, ack));
    }

    private void signal(Room room, Outcome.Signal signal) {
        room.signal(Push.signal(signal.type(), signal.data(), signal.exceptCaller() ? session.outbox() : null));
        if (reply.wanted()) {
            room.inOrder(() -> acknowledge(room, "", 0));
        }
        finish(room);
    }

    private void join(Room room, Outcome.Join join) {
        if (!mayEnter(room)) {
            refuse(room, ErrorCode.FORBIDDEN);
            return;
        }
        Entering entering = new Entering(session, membership, reply, join, counted);
        switch (session.opening().part()) {
            case MEMBER -> room.join(membership.member(), entering.as(caller.who()), ticket, entering);
            case WATCHER -> room.watch(membership.member(), entering);
            case VISITOR -> lookAround(room, entering);
        }
    }

    /** A visitor learns what joining would have told it, and joins nothing. */
    private void lookAround(Room room, Entering entering) {
        Position since = entering.since();
        if (since == null) {
            answer(room, () -> entering.told(room, new Position(room.epoch(), room.newest()), Recovery.NOT_ASKED));
            return;
        }
        ReadRequest next =
                new ReadRequest(room.key(), since.epoch(), ReadRequest.Direction.AFTER, since.offset(), 1, 1);
        room.read(next, read -> {
            switch (read) {
                case LogRead.Complete page ->
                    tell(room, entering, new Position(page.epoch(), page.newest()), Recovery.COMPLETE);
                case LogRead.Truncated cut ->
                    tell(
                            room,
                            entering,
                            new Position(cut.epoch(), cut.newest()),
                            new Recovery.Lost(Recovery.Reason.HISTORY_TRIMMED, cut.oldest()));
                case LogRead.OtherEpoch other ->
                    tell(
                            room,
                            entering,
                            new Position(other.epoch(), other.newest()),
                            new Recovery.Lost(Recovery.Reason.EPOCH_CHANGED, other.oldest()));
                case LogRead.Failed failed -> fail(room, ErrorCode.UNAVAILABLE);
            }
        });
    }

    private void tell(Room room, Entering entering, Position newest, Recovery recovery) {
        answer(room, () -> entering.told(room, newest, recovery));
    }

    private void leave(Room room) {
        if (ticket != null) {
            room.dismiss(ticket);
        }
        room.leave(membership.member(), () -> session.memberships().left(membership, reply, counted));
    }

    private void listPeople(Room room, Outcome.ListPeople list) {
        if (!mayEnter(room)) {
            refuse(room, ErrorCode.FORBIDDEN);
            return;
        }
        answer(room, () -> {
            List<Present> page = room.people(list.after(), list.limit() + 1);
            boolean more = page.size() > list.limit();
            List<ServerMessages.Member> members = new ArrayList<>();
            for (Present present : more ? page.subList(0, list.limit()) : page) {
                members.add(new ServerMessages.Member(
                        present.who().userId(), present.who().userName(), present.connections()));
            }
            String next = more ? page.get(list.limit() - 1).who().key() : null;
            return ServerMessages.presence(
                    reply.id(), room.kind().idField(), room.key().id(), members, room.users(), next);
        });
    }

    private void readHistory(Room room, Outcome.ReadHistory read) {
        if (!mayEnter(room)) {
            refuse(room, ErrorCode.FORBIDDEN);
            return;
        }
        Long after = read.after();
        Long before = read.before();
        if (after != null) {
            history(room, read, ReadRequest.Direction.AFTER, after);
        } else {
            history(room, read, ReadRequest.Direction.BEFORE, before == null ? Long.MAX_VALUE : before);
        }
    }

    private void history(Room room, Outcome.ReadHistory read, ReadRequest.Direction direction, long from) {
        ReadRequest request = new ReadRequest(room.key(), null, direction, from, read.limit(), HISTORY_BYTES_MAX);
        HistoryPage.read(
                request,
                room::read,
                page -> page.ifPresentOrElse(
                        found -> answerHistory(room, read, direction, found), () -> fail(room, ErrorCode.UNAVAILABLE)));
    }

    private void answerHistory(
            Room room, Outcome.ReadHistory read, ReadRequest.Direction direction, LogRead.Complete page) {
        Long before = read.before();
        List<ServerMessages.Entry> entries = new ArrayList<>();
        for (Entry entry : page.entries()) {
            if (before == null || entry.offset() < before) {
                entries.add(new ServerMessages.Entry(entry.type(), entry.offset(), entry.data()));
            }
        }
        boolean more;
        if (direction == ReadRequest.Direction.AFTER) {
            long end = before == null ? page.newest() + 1 : Math.min(before, page.newest() + 1);
            more = !entries.isEmpty() && entries.get(entries.size() - 1).offset() < end - 1;
        } else {
            more = !entries.isEmpty() && entries.get(0).offset() > page.oldest();
        }
        answer(
                room,
                () -> ServerMessages.history(
                        reply.id(),
                        room.kind().idField(),
                        room.key().id(),
                        page.epoch(),
                        entries,
                        page.oldest(),
                        page.newest(),
                        more));
    }

    private void find(Room room, Outcome.Find find) {
        if (!mayEnter(room)) {
            refuse(room, ErrorCode.FORBIDDEN);
            return;
        }
        Long before = find.before();
        SearchRequest request =
                new SearchRequest(room.key(), find.query(), before == null ? Long.MAX_VALUE : before, find.limit());
        room.inOrder(() -> session.sessions().search().find(request, room.owner(), read -> {
            switch (read) {
                case SearchRead.Found found ->
                    answer(
                            room,
                            () -> ServerMessages.searchResults(
                                    reply.id(),
                                    room.kind().idField(),
                                    room.key().id(),
                                    results(found),
                                    found.next()));
                case SearchRead.Failed failed -> fail(room, ErrorCode.UNAVAILABLE);
            }
        }));
    }

    private static List<ServerMessages.Result> results(SearchRead.Found found) {
        List<ServerMessages.Result> results = new ArrayList<>();
        for (SearchRead.Hit hit : found.hits()) {
            Entry entry = hit.entry();
            List<int[]> highlights = hit.highlights().stream()
                    .map(range -> new int[] {range.start(), range.end()})
                    .toList();
            results.add(new ServerMessages.Result(
                    new ServerMessages.Entry(entry.type(), entry.offset(), entry.data()), highlights));
        }
        return results;
    }

    /** A visitor is as good as a member wherever it might become one. */
    private boolean isMember(Room room) {
        return visits() ? mayEnter(room) : room.has(membership.member());
    }

    private boolean visits() {
        return session.opening().part() == Part.VISITOR;
    }

    private boolean mayEnter(Room room) {
        return app.mayEnter(caller, room.key());
    }

    /** A request that only asks is answered with or without an id. */
    private void answer(Room room, Supplier<byte[]> frame) {
        room.inOrder(() -> {
            byte[] bytes = frame.get();
            room.sendTo(session.loop().loop(), () -> {
                Hub.drain(membership.member());
                reply.say(bytes);
            });
        });
        finish(room);
    }

    private void refuse(Room room, ErrorCode code) {
        // A visitor that is no member is one that may not enter.
        ErrorCode said = code == ErrorCode.NOT_A_MEMBER && visits() ? ErrorCode.FORBIDDEN : code;
        room.inOrder(() -> fail(room, said));
    }

    private void fail(Room room, ErrorCode code) {
        room.sendTo(session.loop().loop(), () -> session.memberships().refused(membership, reply, code, counted));
    }

    private void finish(Room room) {
        if (counted) {
            room.inOrder(() -> room.sendTo(
                    session.loop().loop(), () -> session.memberships().answered(membership)));
        }
    }
}
