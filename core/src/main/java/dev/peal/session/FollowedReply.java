package dev.peal.session;

import dev.peal.protocol.ErrorCode;
import dev.peal.protocol.RequestId;
import org.jspecify.annotations.Nullable;

/** An answer behind which something else is done, whatever it is. */
record FollowedReply(Reply reply, Runnable then) implements Reply {
    @Override
    public @Nullable RequestId id() {
        return reply.id();
    }

    @Override
    public boolean wanted() {
        return reply.wanted();
    }

    @Override
    public void say(byte[] frame) {
        reply.say(frame);
        then.run();
    }

    @Override
    public void sayLast(byte[] frame) {
        reply.sayLast(frame);
        then.run();
    }

    @Override
    public void refuse(ErrorCode code) {
        reply.refuse(code);
        then.run();
    }

    @Override
    public void refuseLast(ErrorCode code) {
        reply.refuseLast(code);
        then.run();
    }

    @Override
    public void slowDown(long retryAfterMillis) {
        reply.slowDown(retryAfterMillis);
        then.run();
    }
}
