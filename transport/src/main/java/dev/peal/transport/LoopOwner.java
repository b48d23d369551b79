package dev.peal.transport;

import dev.peal.time.Owner;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An event loop in its role as the owner of rooms and sessions. */
record LoopOwner(SingleThreadEventLoop loop) implements Owner {
    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public boolean inside() {
        return loop.inEventLoop();
    }

    @Override
    public void atIterationEnd(Runnable task) {
        loop.executeAfterEventLoopIteration(task);
    }

    @Override
    public Timer schedule(Runnable task, long delayMillis) {
        ScheduledFuture<?> future = loop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }
}
