package dev.peal.transport;

import dev.peal.time.Owner;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of one server: a thread each, a connection and a room belong to exactly one.
 *
 * <p>Thread-safe. Closing it ends the threads and with them every connection that is left.
 */
public final class EventLoops implements AutoCloseable {
    private static final long QUIET_MILLIS = 0;
    private static final long CLOSE_MILLIS = 5_000;

    private final TransportKind kind;
    private final List<String> fallbacks;
    private final MultiThreadIoEventLoopGroup group;
    private final List<Owner> owners;

    private EventLoops(TransportKind kind, List<String> fallbacks, int loops) {
        this.kind = kind;
        this.fallbacks = List.copyOf(fallbacks);
        int threads = loops == 0 ? Runtime.getRuntime().availableProcessors() : loops;
        this.group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("peal-loop"), kind.handlers());
        List<Owner> all = new ArrayList<>(threads);
        for (EventExecutor loop : group) {
            all.add(new LoopOwner((SingleThreadEventLoop) loop));
        }
        this.owners = List.copyOf(all);
    }

    /**
     * Opens loops on the best transport that this machine has.
     *
     * @param loops how many; 0 for one per core
     */
    public static EventLoops best(int loops) {
        List<String> fallbacks = new ArrayList<>();
        for (TransportKind candidate : TransportKind.values()) {
            Optional<String> obstacle = candidate.unavailable();
            if (obstacle.isEmpty()) {
                return new EventLoops(candidate, fallbacks, loops);
            }
            fallbacks.add(candidate.label() + ": " + obstacle.get());
        }
        throw new IllegalStateException("NIO is part of every JDK");
    }

    /**
     * Opens loops on the given transport.
     *
     * @param loops how many; 0 for one per core
     * @throws TransportUnavailable where this machine does not have it
     */
    public static EventLoops forced(TransportKind kind, int loops) {
        Optional<String> obstacle = kind.unavailable();
        if (obstacle.isPresent()) {
            throw new TransportUnavailable(kind, obstacle.get());
        }
        return new EventLoops(kind, List.of(), loops);
    }

    /** The transport in use. */
    public TransportKind kind() {
        return kind;
    }

    /** Each preferred transport that this machine lacks, with its reason: {@code io_uring: …}. */
    public List<String> fallbacks() {
        return fallbacks;
    }

    /** The loops as Netty wants them. */
    public EventLoopGroup group() {
        return group;
    }

    /** The loops as everything else wants them; a room's owner is {@code owners.get(hash mod size)}. */
    public List<Owner> owners() {
        return owners;
    }

    /** The owner that stands for this loop of {@link #group}. */
    public Owner owner(EventLoop loop) {
        for (Owner owner : owners) {
            if (((LoopOwner) owner).loop() == loop) {
                return owner;
            }
        }
        throw new IllegalArgumentException("not one of these loops: " + loop);
    }

    @Override
    public void close() {
        group.shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
