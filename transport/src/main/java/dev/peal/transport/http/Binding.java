package dev.peal.transport.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.Errors;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Begins to listen, with some patience: a process with io_uring that was killed holds its port for a moment after its end, while the kernel cancels what its
 * thousands of connections had under way. Whoever starts it again at once must not be turned away.
 */
final class Binding {
    static final long PATIENCE_MILLIS = 2_000;

    private static final long EVERY_MILLIS = 20;

    /** EADDRINUSE on Linux, where io_uring is, as Netty has it. */
    private static final int IN_USE = -98;

    private Binding() {}

    /**
     * Tries, and tries again while it fails for a cause that may pass.
     *
     * @throws HttpServer.BindFailed where it cannot be had
     */
    static Channel bind(InetSocketAddress address, Supplier<ChannelFuture> attempt, Predicate<Throwable> mayPass) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            ChannelFuture bound = attempt.get().awaitUninterruptibly();
            if (bound.isSuccess()) {
                return bound.channel();
            }
            if (!mayPass.test(bound.cause()) || System.nanoTime() - end > 0) {
                throw new HttpServer.BindFailed(address, bound.cause());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS));
        }
    }

    /** Whether a listener that uses io_uring, or epoll, found somebody else there. */
    static boolean isInUse(Throwable cause) {
        return cause instanceof Errors.NativeIoException failed && failed.expectedErr() == IN_USE;
    }
}
