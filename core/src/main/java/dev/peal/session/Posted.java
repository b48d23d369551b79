package dev.peal.session;

import dev.peal.protocol.CloseReason;
import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.RequestId;
import dev.peal.protocol.ServerMessages;
import org.jspecify.annotations.Nullable;

/** Answers to somebody beside the connection, once. Owned by the connection's loop. */
final class Posted implements Reply {
    private final Session session;
    private final Answer answer;
    private final @Nullable String token;
    private @Nullable RequestId id;
    private boolean answered;

    /** @param token what the message was sent with, for one that authenticates without a token of its own */
    Posted(Session session, Answer answer, @Nullable String token) {
        this.session = session;
        this.answer = answer;
        this.token = token;
    }

    /** The message was read. */
    void id(@Nullable RequestId read) {
        id = read;
    }

    @Nullable
    String token() {
        return token;
    }

    @Override
    public @Nullable RequestId id() {
        return id;
    }

    @Override
    public boolean wanted() {
        return true;
    }

    @Override
    public void say(byte[] frame) {
        if (settle()) {
            answer.replied(frame);
        }
    }

    @Override
    public void sayLast(byte[] frame) {
        say(frame);
    }

    @Override
    public void refuse(ErrorCode code) {
        if (settle()) {
            answer.refused(code, ServerMessages.error(id, code), 0);
        }
    }

    @Override
    public void refuseLast(ErrorCode code) {
        refuse(code);
    }

    @Override
    public void slowDown(long retryAfterMillis) {
        if (settle()) {
            answer.refused(ErrorCode.RATE_LIMITED, ServerMessages.rateLimited(id, retryAfterMillis), retryAfterMillis);
        }
    }

    /** The session is over. */
    void ended(@Nullable CloseReason reason) {
        if (!answered) {
            answered = true;
            answer.ended(reason);
        }
    }

    private boolean settle() {
        boolean first = !answered;
        answered = true;
        session.forget(this);
        return first;
    }
}
