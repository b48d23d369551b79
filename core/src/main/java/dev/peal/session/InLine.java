package dev.peal.session;

import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.RequestId;
import dev.peal.protocol.ServerMessages;
import org.jspecify.annotations.Nullable;

/**
 * Answers on the connection itself, in line with everything else.
 *
 * @param wanted whether an acknowledgement is wanted, too
 */
record InLine(Session session, @Nullable RequestId id, boolean wanted) implements Reply {
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
        session.reply(ServerMessages.error(id, code));
    }

    @Override
    public void refuseLast(ErrorCode code) {
        session.replyLast(ServerMessages.error(id, code));
    }

    @Override
    public void slowDown(long retryAfterMillis) {
        session.reply(ServerMessages.rateLimited(id, retryAfterMillis));
    }
}
