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
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who the caller is. While the authenticator thinks, what the client sends waits, so that it need not. Owned by the connection's loop.
 */
final class SignIn {
    /**
     * What a client asks for beside its credentials.
     *
     * @param sessionId secret, or null
     */
    private record Wish(
            @Nullable RequestId id,
            boolean session,
            @Nullable String sessionId) {}

    private final Session session;
    private @Nullable ArrayDeque<byte[]> held;
    private boolean asking;

    SignIn(Session session) {
        this.session = session;
    }

    /** Keeps a frame for later if the caller is being looked at; false: it can be taken now. */
    boolean hold(byte[] bytes, int length) {
        if (!asking) {
            return false;
        }
        ArrayDeque<byte[]> queue = held;
        if (queue == null) {
            queue = new ArrayDeque<>();
            held = queue;
        }
        if (queue.size() >= session.config().heldMessagesMax()) {
            session.close(CloseReason.OVERLOADED);
        } else {
            queue.addLast(Arrays.copyOf(bytes, length));
        }
        return true;
    }

    void authenticate(Parsed.Envelope envelope) {
        ClientMessage.Authenticate message = ClientMessage.Authenticate.read(envelope.data());
        if (message == null) {
            session.reply(ServerMessages.error(envelope.id(), ErrorCode.INVALID_MESSAGE));
            return;
        }
        asking = true;
        Wish wish = new Wish(envelope.id(), message.session(), message.sessionId());
        session.sessions()
                .authenticator()
                .authenticate(
                        new Credentials(message.token(), message.userId(), message.userName()),
                        result -> answered(wish, result));
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
            case AuthResult.Anonymous anonymous ->
                session.reply(ServerMessages.authenticated(
                        wish.id(), session.caller().userId(), session.caller().userName()));
            case AuthResult.Refused refused -> session.refused(refused);
        }
        takeHeld();
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
        } else if (wish.session() || wish.sessionId() != null) {
            resume(wish, identity, first, true);
        } else {
            greet(wish, identity, first, false);
        }
    }

    /** Goes on with the session that is asked for, or begins one. */
    private void resume(Wish wish, Identity identity, boolean first, boolean mayReplace) {
        Tickets tickets = session.sessions().tickets();
        Ticket asked = wish.sessionId() == null ? null : tickets.find(wish.sessionId(), identity.userId());
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
        session.reply(
                ticket == null
                        ? ServerMessages.authenticated(wish.id(), userId, identity.userName())
                        : ServerMessages.authenticated(wish.id(), userId, identity.userName(), ticket.id(), resumed));
        if (first) {
            Inbox.open(session, userId);
        }
    }

    private void takeHeld() {
        ArrayDeque<byte[]> queue = held;
        while (queue != null && !queue.isEmpty() && !asking && !session.closed()) {
            byte[] frame = queue.removeFirst();
            session.take(frame, frame.length);
        }
        if (queue != null && queue.isEmpty()) {
            held = null;
        }
    }
}
