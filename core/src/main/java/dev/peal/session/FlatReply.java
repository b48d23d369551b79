package dev.peal.session;

import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.FlatMessages;
import dev.peal.protocol.RequestId;
import org.jspecify.annotations.Nullable;

/** Answers on a connection whose messages are flat. */
record FlatReply(Session session, @Nullable RequestId id) implements Reply {
    @Override
    public boolean wanted() {
        return id != null;
    }

    @Override
    public void say(byte[] frame) {
        session.reply(frame);
    }

    @Override
    public void sayLast(byte[] frame) {
        session.replyLast(frame);
    }

    @Override
    public void refuse(ErrorCode code) {
        session.reply(FlatMessages.error(id, code));
    }

    @Override
    public void refuseLast(ErrorCode code) {
        session.replyLast(FlatMessages.error(id, code));
    }

    @Override
    public void slowDown(long retryAfterMillis) {
        session.reply(FlatMessages.rateLimited(id, retryAfterMillis));
    }
}
