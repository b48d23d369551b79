package dev.peal.transport.http;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one timer of an HTTP connection: at most one thing is awaited at a time. Event loop only. */
final class Deadline {
    private @Nullable ScheduledFuture<?> pending;

    /** Runs the action on the channel's loop after so long, unless another call comes first. */
    void set(Channel channel, long millis, Runnable action) {
        clear();
        pending = channel.eventLoop().schedule(action, millis, TimeUnit.MILLISECONDS);
    }

    void clear() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }
}
