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
        RequestId id = envelope.id();
        session.sessions()
                .authenticator()
                .authenticate(
                        new Credentials(message.token(), message.userId(), message.userName()),
                        result -> answered(id, result));
    }

    private void answered(@Nullable RequestId id, AuthResult result) {
        if (session.loop().loop().owner().inside()) {
            decide(id, result);
        } else {
            session.loop().loop().owner().execute(() -> decide(id, result));
        }
    }

    private void decide(@Nullable RequestId id, AuthResult result) {
        asking = false;
        if (session.closed()) {
            return;
        }
        switch (result) {
            case AuthResult.Authenticated known -> welcome(id, known.identity());
            case AuthResult.Anonymous anonymous ->
                session.reply(ServerMessages.authenticated(
                        id, session.caller().userId(), session.caller().userName()));
            case AuthResult.Refused refused -> session.refused(refused);
        }
        takeHeld();
    }

    /** A session keeps its user: a fresh token of the same one extends it, another user's ends it. */
    private void welcome(@Nullable RequestId id, Identity identity) {
        String before = session.caller().userId();
        if (before != null && !before.equals(identity.userId())) {
            session.close(CloseReason.INVALID_AUTHENTICATION);
            return;
        }
        session.becomes(new Caller(new Who(identity.userId(), identity.userId(), identity.userName()), identity));
        session.reply(ServerMessages.authenticated(id, identity.userId(), identity.userName()));
        if (before == null) {
            Inbox.open(session, identity.userId());
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
