package dev.peal.transport.http;

import dev.peal.transport.EventLoops;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The listening sockets and what every new connection gets. Thread-safe; the connections themselves belong to their loops.
 */
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 4_096;

    /** One for all: one that adapts keeps 130 bytes for each connection, and a buffer is there only while it is read into. */
    private static final RecvByteBufAllocator RECEIVE = new FixedRecvByteBufAllocator(4 * 1024);

    private final List<Channel> listening;
    private final Gate gate;

    private HttpServer(List<Channel> listening, Gate gate) {
        this.listening = List.copyOf(listening);
        this.gate = gate;
    }

    /**
     * What a server needs beside its addresses.
     *
     * @param config who may speak to it
     * @param routes what answers
     * @param upgradePaths where WebSockets live
     * @param upgrade what judges their handshakes
     * @param tls encryption, where the server does it itself
     * @param registry where to count
     */
    public record Parts(
            HttpConfig config,
            Routes routes,
            Set<String> upgradePaths,
            Upgrade upgrade,
            Optional<SslContext> tls,
            MeterRegistry registry) {}

    /**
     * Listens on every address, or on none.
     *
     * @param addresses where; port 0 takes a free one, the same for all of them
     * @throws BindFailed where one cannot be had
     */
    public static HttpServer start(EventLoops loops, List<InetSocketAddress> addresses, Parts parts) {
        Gate gate = new Gate(parts);
        List<Channel> open = new ArrayList<>();
        int port = addresses.get(0).getPort();
        try {
            for (InetSocketAddress address : addresses) {
                InetSocketAddress wanted = new InetSocketAddress(address.getAddress(), port);
                open.add(Binding.bind(wanted, () -> bootstrap(loops, gate).bind(wanted), Binding::isInUse));
                port = ((InetSocketAddress) open.getLast().localAddress()).getPort();
            }
        } catch (BindFailed e) {
            open.forEach(Channel::close);
            throw e;
        }
        return new HttpServer(open, gate);
    }

    private static ServerBootstrap bootstrap(EventLoops loops, Gate gate) {
        return new ServerBootstrap()
                .group(loops.group())
                .channel(loops.kind().serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, RECEIVE)
                .childHandler(gate);
    }

    /** The port in use, the same on every address. */
    public int port() {
        return ((InetSocketAddress) listening.get(0).localAddress()).getPort();
    }

    /** Open connections of all kinds. */
    public int connections() {
        return gate.connections();
    }

    /** Closes the connections that speak HTTP; WebSockets stay. */
    public void hangUp() {
        gate.hangUp();
    }

    /**
     * Waits until every connection is closed, or for so long. Not on an event loop.
     *
     * @return whether all are closed
     */
    public boolean awaitNoConnections(long millis) throws InterruptedException {
        return gate.awaitNone(millis);
    }

    /** Stops accepting; what is open stays. Returns when no more can come. */
    @Override
    public void close() {
        for (Channel channel : listening) {
            channel.close().awaitUninterruptibly();
        }
    }

    /** An address could not be listened on. */
    public static final class BindFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BindFailed(InetSocketAddress address, Throwable cause) {
            super(
                    "cannot listen on " + address.getAddress().getHostAddress() + " port " + address.getPort() + ": "
                            + reason(cause),
                    cause);
        }

        /** The native transports say first which call failed and with which number: "bind(..) failed with error(-98): Address already in use". */
        private static String reason(Throwable cause) {
            String message = String.valueOf(cause.getMessage());
            return message.replaceFirst("^bind\\(\\.\\.\\) failed[^:]*: ", "");
        }
    }
}
