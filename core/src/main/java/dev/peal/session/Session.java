package dev.peal.session;

import dev.peal.app.Apps;
import dev.peal.app.Caller;
import dev.peal.auth.AuthResult;
import dev.peal.auth.Identity;
import dev.peal.auth.Revocation;
import dev.peal.hub.Who;
import dev.peal.limit.ClientBuckets;
import dev.peal.limit.MessageClass;
import dev.peal.limit.RateLimits;
import dev.peal.log.RoomKey;
import dev.peal.protocol.ClientMessage;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.Parsed;
import dev.peal.protocol.Position;
import dev.peal.protocol.RequestId;
import dev.peal.protocol.ServerMessages;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One client. Takes its messages in the order sent, and answers. Owned by the connection's loop; opened by {@link Sessions#open}.
 *
 * <p>The transport calls {@link #text}, {@link #binary}, {@link #alive}, {@link #drained} and, exactly once at the end, {@link #gone}.
 */
public final class Session extends Wheel.Node {
    private final SessionLoop loop;
    private final Opening opening;
    private final Outbox outbox;
    private final Connection connection;
    private final Memberships memberships;
    private final Heartbeat heartbeat;
    private final SignIn signIn;
    private final int number;
    private ClientBuckets buckets;
    private Caller caller;
    private @Nullable ArrayList<Posted> posts;
    private @Nullable Streaming streaming;
    private boolean closed;

    /** Index in its loop's list, -1 while in none. */
    int listed = -1;

    /** The next in its chain of the loop's {@link Users}. */
    @Nullable
    Session nextOfUsers;

    /** What its client can come back to it with; null where it did not ask for that. */
    @Nullable
    Ticket ticket;

    /** The offset in its user's log up to which it was given everything, while {@link #inbox} is null. */
    long mailed;

    /** Brings it up to there; null where it is. */
    @Nullable
    Inbox inbox;

    Session(SessionLoop loop, Connection connection, Opening opening, Who anonymous, int number) {
        this.number = number;
        this.loop = loop;
        this.connection = connection;
        this.opening = opening;
        this.outbox = new Outbox(this, connection);
        this.memberships = new Memberships(this);
        this.heartbeat = new Heartbeat(this, connection, loop.nowMillis());
        this.signIn = new SignIn(this);
        this.caller = new Caller(anonymous, null);
        RateLimits limits = loop.sessions().limits();
        this.buckets = opening.part() == Part.VISITOR ? limits.open(anonymous.key()) : limits.anonymous();
    }

    /** It is on the path of an application without rooms. To be called first, once. */
    void stream(Streaming.Path path, Map<String, String> query) {
        streaming = new Streaming(this, path, query);
    }

    /** Whether its messages are flat, and all that it hears its application's. */
    boolean streams() {
        return streaming != null;
    }

    /** A text message came. The buffer is the caller's; it is read before this returns. */
    public void text(ByteBuf frame) {
        heartbeat.heard(loop.nowMillis());
        if (closed) {
            return;
        }
        int length = frame.readableBytes();
        byte[] bytes = loop.copied(frame);
        if (signIn.asking()) {
            byte[] kept = Arrays.copyOf(bytes, length);
            signIn.hold(() -> take(kept, length, null));
        } else {
            take(bytes, length, null);
        }
    }

    /**
     * A text message came beside the connection, as if it had come on it; only its answer goes back that way.
     *
     * @param token what it was sent with, or null: a message that authenticates without a token means this one
     */
    public void post(byte[] message, @Nullable String token, Answer answer) {
        Posted posted = expect(answer, token);
        inTurn(() -> take(message, message.length, posted));
    }

    /** The client was found out about before the connection was made. To be called first, once. */
    public void arrive(Arrival arrival) {
        signIn.arrive(arrival);
    }

    /** Enters a chat room, as {@code join_room} does, but counted against no limit, and tells somebody else what became of it. */
    public void enter(Entrance room, Answer answer) {
        enter(room, expect(answer, null));
    }

    /** Enters chat rooms, one after the other: their owners differ, and the client is told of them in this order. */
    public void enter(Iterator<Entrance> rooms) {
        if (rooms.hasNext() && !closed) {
            Runnable next = () -> loop.loop().owner().execute(() -> enter(rooms));
            enter(rooms.next(), new FollowedReply(new InLine(this, null, true), next));
        }
    }

    private void enter(Entrance room, Reply reply) {
        if (!(loop.sessions().handling(opening.path(), "join_room") instanceof Handling.InRoom handling)) {
            throw new IllegalStateException("no application takes join_room on " + opening.path());
        }
        ObjectNode data = new ClientMessage.JoinRoom(room.roomId(), room.since()).data();
        Parsed.Envelope envelope = new Parsed.Envelope("join_room", null, null, data);
        inTurn(() -> memberships.request(handling.route(), envelope, reply));
    }

    /** Follows the broadcasts, seen by nobody. */
    public void watchBroadcasts(@Nullable Position since, Answer answer) {
        Reply reply = expect(answer, null);
        inTurn(() -> memberships.watch(Notifications.BROADCASTS, since, reply));
    }

    /** Does something once the caller is known, in its turn among what else waits for that. */
    private void inTurn(Runnable step) {
        heartbeat.heard(loop.nowMillis());
        if (closed) {
            return;
        }
        if (signIn.asking()) {
            signIn.hold(step);
        } else {
            step.run();
        }
    }

    private Posted expect(Answer answer, @Nullable String token) {
        Posted posted = new Posted(this, answer, token);
        if (closed) {
            posted.ended(null);
            return posted;
        }
        ArrayList<Posted> list = posts;
        if (list == null) {
            list = new ArrayList<>(2);
            posts = list;
        }
        list.add(posted);
        return posted;
    }

    /** It was answered. */
    void forget(Posted posted) {
        if (posts != null) {
            posts.remove(posted);
        }
    }

    /** A binary message came; none is expected. */
    public void binary() {
        heartbeat.heard(loop.nowMillis());
        malformed();
    }

    /** Something that is no message came: a pong, a ping, a part of a frame. */
    public void alive() {
        heartbeat.heard(loop.nowMillis());
    }

    /** The socket has taken most of what was pending. */
    public void drained() {
        if (closed) {
            return;
        }
        outbox.drained();
        if (streaming != null) {
            streaming.client().drained();
        }
        memberships.proceed();
        if (inbox != null) {
            inbox.proceed();
        }
    }

    /** The client says that it goes, and is not coming back: its rooms need not wait for it. {@link #gone} follows. */
    public void goodbye() {
        end(false, null);
    }

    /** The connection has ended, whoever ended it. */
    public void gone() {
        end(true, null);
    }

    /** Ends the session: its rooms are told, the client is told why. */
    public void close(CloseReason reason) {
        if (!closed) {
            end(reason.reconnect() == CloseReason.Reconnect.BACK_OFF, reason);
            connection.close(reason);
        }
    }

    /** Its client came back over another connection while this one looked alive. */
    void replaced() {
        if (!closed) {
            end(true, CloseReason.REPLACED);
            connection.close(CloseReason.REPLACED);
        }
    }

    public boolean closed() {
        return closed;
    }

    public Opening opening() {
        return opening;
    }

    public Caller caller() {
        return caller;
    }

    /** Bytes written and not yet taken by the socket. */
    public long pendingBytes() {
        return connection.pendingBytes();
    }

    private void take(byte[] bytes, int length, @Nullable Posted posted) {
        if (streaming != null) {
            streaming.take(bytes, length);
            return;
        }
        switch (loop.reader().read(bytes, 0, length)) {
            case Parsed.Malformed malformed when posted != null -> posted.refuse(ErrorCode.INVALID_MESSAGE);
            case Parsed.Malformed malformed -> malformed();
            case Parsed.Invalid invalid -> invalid(reply(invalid.id(), posted));
            case Parsed.Envelope envelope -> take(envelope, length, reply(envelope.id(), posted));
        }
    }

    private Reply reply(@Nullable RequestId id, @Nullable Posted posted) {
        if (posted == null) {
            return new InLine(this, id, id != null);
        }
        posted.id(id);
        return posted;
    }

    void invalid(Reply reply) {
        if (mustAuthenticateFirst()) {
            close(CloseReason.NOT_AUTHENTICATED);
        } else {
            reply.refuse(ErrorCode.INVALID_MESSAGE);
        }
    }

    void take(Parsed.Envelope envelope, int length, Reply reply) {
        Handling handling = loop.sessions().handling(opening.path(), envelope.type());
        if (!(handling instanceof Handling.Self self && self.own() == Own.AUTHENTICATE) && mustAuthenticateFirst()) {
            close(CloseReason.NOT_AUTHENTICATED);
            return;
        }
        if (!admits(handling.messageClass(), length, reply)) {
            return;
        }
        switch (handling) {
            case Handling.Self self -> take(self.own(), envelope, reply);
            case Handling.InRoom room
            when room.webSocketOnly() && opening.plainHttp() -> reply.refuse(ErrorCode.UNKNOWN_TYPE);
            case Handling.InRoom room -> memberships.request(room.route(), envelope, reply);
            case Handling.Unknown unknown -> reply.refuse(ErrorCode.UNKNOWN_TYPE);
        }
    }

    private void take(Own own, Parsed.Envelope envelope, Reply reply) {
        switch (own) {
            case AUTHENTICATE -> signIn.authenticate(envelope, reply);
            case PING -> reply.say(ServerMessages.pong(envelope.id()));
            case READ -> Notices.read(this, envelope, reply);
            case NOTIFICATIONS -> Notices.list(this, envelope, reply);
        }
    }

    /** Counts a message that came; false if it was one too many, which the client has been told. */
    boolean admits(MessageClass messageClass, int length, Reply reply) {
        loop.sessions().meters().received(messageClass.type(), length);
        long retryAfter = loop.sessions().limits().tryTake(buckets, messageClass);
        if (retryAfter == 0) {
            return true;
        }
        loop.sessions().meters().rateLimited(messageClass.type());
        reply.slowDown(retryAfter);
        return false;
    }

    void malformed() {
        if (closed) {
            return;
        }
        if (!opening.path().equals(Apps.ROOT)) {
            close(CloseReason.INVALID_MESSAGE_FORMAT);
        } else if (mustAuthenticateFirst()) {
            close(CloseReason.NOT_AUTHENTICATED);
        } else {
            outbox.write(ServerMessages.error(null, ErrorCode.INVALID_MESSAGE));
        }
    }

    boolean mustAuthenticateFirst() {
        return config().authenticationRequired()
                && caller.identity() == null
                && (streaming == null || !streaming.anonymous());
    }

    // Answers, on this loop.

    void reply(byte[] frame) {
        if (!closed) {
            outbox.write(frame);
        }
    }

    void replyLast(byte[] frame) {
        if (!closed) {
            outbox.writeLast(frame);
        }
    }

    // Who the caller is.

    /** The caller is somebody from now on, in the rooms that it is in too. */
    void becomes(Caller somebody) {
        boolean renamed = !somebody.who().key().equals(caller.who().key());
        if (renamed) {
            loop.forgetUser(this);
        }
        caller = somebody;
        heartbeat.identified(somebody.identity());
        if (streaming != null) {
            streaming.client().signedIn(somebody);
        }
        if (!renamed) {
            return;
        }
        loop.knowUser(this);
        ClientBuckets before = buckets;
        buckets = loop.sessions().limits().open(somebody.who().key());
        loop.sessions().limits().close(before);
        memberships.rename(somebody.who());
    }

    /** Which connection of this server it is, counted from 1; begins anew after four thousand million. */
    long number() {
        return Integer.toUnsignedLong(number);
    }

    /** As people see it. */
    ConnectionInfo info() {
        long now = loop.sessions().clock().millis();
        return new ConnectionInfo(
                number(),
                caller.userId(),
                caller.userName(),
                opening.address(),
                opening.transport(),
                opening.path(),
                now - heartbeat.openedAgo(loop.nowMillis()),
                now - heartbeat.heardAgo(loop.nowMillis()),
                pendingBytes(),
                memberships.rooms());
    }

    /** Ends the session if the revocation is about its caller. */
    void refuseIf(Revocation revocation) {
        Identity identity = caller.identity();
        if (identity != null && revocation.refuses(identity)) {
            close(CloseReason.INVALID_AUTHENTICATION);
        }
    }

    void refused(AuthResult.Refused refused) {
        loop.sessions().meters().refused(refused.reason());
        close(refused.reason().temporary() ? CloseReason.OVERLOADED : CloseReason.INVALID_AUTHENTICATION);
    }

    // Time.

    /** Bytes are pending: look again soon. */
    void watch() {
        if (!closed) {
            heartbeat.watch();
        }
    }

    @Override
    int due(int nowMillis) {
        return closed ? -1 : heartbeat.due(nowMillis, mustAuthenticateFirst());
    }

    SessionLoop loop() {
        return loop;
    }

    Sessions sessions() {
        return loop.sessions();
    }

    Memberships memberships() {
        return memberships;
    }

    SessionConfig config() {
        return loop.sessions().config();
    }

    Connection connection() {
        return connection;
    }

    Outbox outbox() {
        return outbox;
    }

    /**
     * @param returns whether its client may come back, so that the rooms of a session that can be resumed wait for it
     * @param reason what the client is told; null where nobody listens
     */
    private void end(boolean returns, @Nullable CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        inbox = null;
        loop.remove(this);
        Tickets tickets = loop.sessions().tickets();
        Identity identity = caller.identity();
        Ticket kept = returns && identity != null && ticket != null && tickets.admitsAbsence() ? ticket : null;
        Set<RoomKey> rooms = memberships.end(kept);
        if (kept != null && identity != null) {
            tickets.lost(kept, this, identity, rooms);
        } else if (ticket != null) {
            tickets.over(ticket, this);
        }
        loop.sessions().limits().close(buckets);
        if (streaming != null) {
            streaming.client().gone();
        }
        List<Posted> unanswered = posts;
        posts = null;
        if (unanswered != null) {
            unanswered.forEach(posted -> posted.ended(reason));
        }
    }
}
