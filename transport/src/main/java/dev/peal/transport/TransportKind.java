package dev.peal.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A kernel interface for sockets, in the order in which {@link EventLoops} prefers them. */
public enum TransportKind {
    /** Linux 5.15 and newer: fewest system calls. */
    IO_URING("io_uring", IoUringServerSocketChannel.class, IoUringSocketChannel.class) {
        @Override
        @Nullable
        Throwable obstacle() {
            pollOnce();
            return IoUring.unavailabilityCause();
        }

        @Override
        IoHandlerFactory handlers() {
            return IoUringIoHandler.newFactory(
                    new IoUringIoHandlerConfig().setRingSize(SUBMISSIONS).setCqSize(COMPLETIONS));
        }
    },
    /** Linux. */
    EPOLL("epoll", EpollServerSocketChannel.class, EpollSocketChannel.class) {
        @Override
        @Nullable
        Throwable obstacle() {
            return Epoll.unavailabilityCause();
        }

        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }
    },
    /** macOS and the BSDs. */
    KQUEUE("kqueue", KQueueServerSocketChannel.class, KQueueSocketChannel.class) {
        @Override
        @Nullable
        Throwable obstacle() {
            return KQueue.unavailabilityCause();
        }

        @Override
        IoHandlerFactory handlers() {
            return KQueueIoHandler.newFactory();
        }
    },
    /** The JDK's own: everywhere. */
    NIO("nio", NioServerSocketChannel.class, NioSocketChannel.class) {
        @Override
        @Nullable
        Throwable obstacle() {
            return null;
        }

        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }
    };

    /** One system call submits a whole room's writes. */
    private static final int SUBMISSIONS = 1_024;

    /** Completions that may wait: with fewer the kernel queues them aside, one by one, while a thousand members join or leave at once. */
    private static final int COMPLETIONS = 32_768;

    private static final String POLL_MULTISHOT = "io.netty.iouring.pollAddMultishotEnabled";

    private final String label;
    private final Class<? extends ServerSocketChannel> serverChannel;
    private final Class<? extends SocketChannel> clientChannel;

    TransportKind(
            String label,
            Class<? extends ServerSocketChannel> serverChannel,
            Class<? extends SocketChannel> clientChannel) {
        this.label = label;
        this.serverChannel = serverChannel;
        this.clientChannel = clientChannel;
    }

    /** The name in configuration, banner and metrics. */
    public String label() {
        return label;
    }

    /** The channel that listens. */
    public Class<? extends ServerSocketChannel> serverChannel() {
        return serverChannel;
    }

    /** The channel that connects: for load generators and tests. */
    public Class<? extends SocketChannel> clientChannel() {
        return clientChannel;
    }

    /** Why this machine does not have it, in one line; empty where it does. */
    public Optional<String> unavailable() {
        return reason(this::obstacle);
    }

    /** Where a native library is missing, even asking may throw an {@link Error}: that is an answer too. */
    private static Optional<String> reason(Supplier<@Nullable Throwable> question) {
        try {
            return Optional.ofNullable(question.get()).map(TransportKind::firstLine);
        } catch (LinkageError e) {
            return Optional.of(firstLine(e));
        }
    }

    private static String firstLine(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = String.valueOf(root.getMessage());
        return text.lines().findFirst().orElse(root.getClass().getSimpleName());
    }

    abstract @Nullable Throwable obstacle();

    abstract IoHandlerFactory handlers();

    /**
     * Has Netty arm a new poll for each read in place of one that reports changes for ever. With the latter a reset that comes right behind data is reported while
     * that data is being read, never again, and the connection stays open (Netty 4.2.18, Linux 6.18); a new poll looks at the socket as it is. To be called before
     * Netty reads its settings.
     */
    private static void pollOnce() {
        if (System.getProperty(POLL_MULTISHOT) == null) {
            System.setProperty(POLL_MULTISHOT, "false");
        }
    }
}
