package dev.peal.session;

import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.FlatMessages;
import dev.peal.protocol.RequestId;
import dev.peal.protocol.ServerMessages;
import org.jspecify.annotations.Nullable;

/**
 * Answers on the connection itself, in line with everything else. Refusals are flat where the connection's messages are.
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
        session.reply(error(code));
    }

    @Override
    public void refuseLast(ErrorCode code) {
        session.replyLast(error(code));
    }

    @Override
    public void slowDown(long retryAfterMillis) {
        session.reply(
                session.streams()
                        ? FlatMessages.rateLimited(id, retryAfterMillis)
                        : ServerMessages.rateLimited(id, retryAfterMillis));
    }

    private byte[] error(ErrorCode code) {
        return session.streams() ? FlatMessages.error(id, code) : ServerMessages.error(id, code);
    }
}
