package dev.peal.session;

import dev.peal.app.Caller;
import dev.peal.auth.AuthResult;
import dev.peal.auth.Credentials;
import dev.peal.auth.Identity;
import dev.peal.hub.Who;
import dev.peal.protocol.ClientMessage;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.Parsed;
import dev.peal.protocol.RequestId;
import dev.peal.protocol.ServerMessages;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who the caller is. While the authenticator thinks, what the client sends waits, so that it need not. Owned by the connection's loop.
 */
final class SignIn {
    /**
     * What a client asks for beside its credentials.
     *
     * @param reply where it is greeted; null where nobody asked for that
     */
    private record Wish(@Nullable Reply reply, Arrival arrival) {
        void greet(byte[] frame) {
            if (reply != null) {
                reply.say(frame);
            }
        }

        @Nullable
        RequestId id() {
            return reply == null ? null : reply.id();
        }
    }

    private final Session session;
    private @Nullable ArrayDeque<Runnable> held;
    private boolean asking;

    SignIn(Session session) {
        this.session = session;
    }

    /** Whether the caller is being looked at: what it sends meanwhile is to be held. */
    boolean asking() {
        return asking;
    }

    /** Keeps something that the client sent for later. */
    void hold(Runnable step) {
        ArrayDeque<Runnable> queue = held;
        if (queue == null) {
            queue = new ArrayDeque<>();
            held = queue;
        }
        if (queue.size() >= session.config().heldMessagesMax()) {
            session.close(CloseReason.OVERLOADED);
        } else {
            queue.addLast(step);
        }
    }

    /** The caller was judged before: goes on as after {@link #authenticate}. */
    void arrive(Arrival arrival) {
        Wish wish = new Wish(arrival.wantsSession() ? new InLine(session, null, true) : null, arrival);
        Identity identity = arrival.identity();
        if (identity == null) {
            welcomeNobody(wish);
        } else {
            welcome(wish, identity);
        }
    }

    void authenticate(Parsed.Envelope envelope, Reply reply) {
        ClientMessage.Authenticate message = ClientMessage.Authenticate.read(envelope.data());
        if (message == null) {
            reply.refuse(ErrorCode.INVALID_MESSAGE);
            return;
        }
        asking = true;
        boolean stays = session.opening().part() == Part.MEMBER && !session.streams();
        Arrival arrival = new Arrival(null, stays && message.session(), stays ? message.sessionId() : null, null);
        Wish wish = new Wish(reply, arrival);
        session.sessions()
                .authenticator()
                .authenticate(
                        new Credentials(token(message, reply), message.userId(), message.userName()),
                        result -> answered(wish, result));
    }

    private static @Nullable String token(ClientMessage.Authenticate message, Reply reply) {
        return message.token() == null && reply instanceof Posted posted ? posted.token() : message.token();
    }

    private void answered(Wish wish, AuthResult result) {
        if (session.loop().loop().owner().inside()) {
            decide(wish, result);
        } else {
            session.loop().loop().owner().execute(() -> decide(wish, result));
        }
    }

    private void decide(Wish wish, AuthResult result) {
        asking = false;
        if (session.closed()) {
            return;
        }
        switch (result) {
            case AuthResult.Authenticated known -> welcome(wish, known.identity());
            case AuthResult.Anonymous anonymous -> welcomeNobody(wish);
            case AuthResult.Refused refused -> session.refused(refused);
        }
        takeHeld();
    }

    /** Open mode: nobody in particular; what it may come back with is of use only while it is connected. */
    private void welcomeNobody(Wish wish) {
        String userId = session.caller().userId();
        String userName = session.caller().userName();
        if (wish.arrival().wantsSession() && userId == null && session.ticket == null) {
            session.ticket = session.sessions().tickets().issue(session, Ticket.NOBODY);
        }
        Ticket ticket = session.ticket;
        wish.greet(
                ticket == null
                        ? ServerMessages.authenticated(wish.id(), userId, userName)
                        : ServerMessages.authenticated(wish.id(), userId, userName, ticket.id(), false));
    }

    /** A session keeps its user: a fresh token of the same one extends it, another user's ends it. */
    private void welcome(Wish wish, Identity identity) {
        String before = session.caller().userId();
        if (before != null && !before.equals(identity.userId())) {
            session.close(CloseReason.INVALID_AUTHENTICATION);
            return;
        }
        session.becomes(new Caller(new Who(identity.userId(), identity.userId(), identity.userName()), identity));
        boolean first = before == null;
        if (session.ticket != null) {
            greet(wish, identity, first, true);
        } else if (wish.arrival().wantsSession()) {
            resume(wish, identity, first, true);
        } else {
            greet(wish, identity, first, false);
        }
    }

    /** Goes on with the session that is asked for, or begins one. */
    private void resume(Wish wish, Identity identity, boolean first, boolean mayReplace) {
        Tickets tickets = session.sessions().tickets();
        String sessionId = wish.arrival().sessionId();
        Ticket asked = sessionId == null ? null : tickets.find(sessionId, identity.userId());
        if (asked != null && tickets.resume(asked, session)) {
            session.ticket = asked;
            greet(wish, identity, first, true);
        } else if (mayReplace && asked != null && asked.state() instanceof Ticket.State.Held held) {
            replace(held.by(), () -> resume(wish, identity, first, false));
        } else {
            session.ticket = tickets.issue(session, identity.userId());
            greet(wish, identity, first, false);
        }
    }

    /** Ends the connection that still looks alive, then goes on; what the client sends meanwhile waits. */
    private void replace(Session old, Runnable then) {
        asking = true;
        old.loop().loop().owner().execute(() -> {
            old.replaced();
            session.loop().loop().owner().execute(() -> {
                asking = false;
                if (!session.closed()) {
                    then.run();
                    takeHeld();
                }
            });
        });
    }

    private void greet(Wish wish, Identity identity, boolean first, boolean resumed) {
        Ticket ticket = session.ticket;
        String userId = identity.userId();
        wish.greet(
                ticket == null
                        ? ServerMessages.authenticated(wish.id(), userId, identity.userName())
                        : ServerMessages.authenticated(wish.id(), userId, identity.userName(), ticket.id(), resumed));
        if (first && session.opening().notified() && !session.streams()) {
            Inbox.open(session, userId, wish.arrival().notifiedUpTo());
        }
    }

    private void takeHeld() {
        ArrayDeque<Runnable> queue = held;
        while (queue != null && !queue.isEmpty() && !asking && !session.closed()) {
            queue.removeFirst().run();
        }
        if (queue != null && queue.isEmpty()) {
            held = null;
        }
    }
}
