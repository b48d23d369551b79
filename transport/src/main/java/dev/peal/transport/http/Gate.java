package dev.peal.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a new connection passes: the count of all, the proxy's header, TLS, then HTTP. Thread-safe. */
@Sharable
final class Gate extends ChannelInitializer<Channel> {
    private static final String FULL =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final HttpServer.Parts parts;
    private final Edge edge;
    private final HttpMetrics metrics;
    private final AtomicInteger connections = new AtomicInteger();
    private final ChannelFutureListener onClose = done -> closed();

    /** A plain set: a Netty group leaves a listener's remains on each channel that left it to become a WebSocket. */
    private final Set<Channel> speakingHttp = ConcurrentHashMap.newKeySet();

    Gate(HttpServer.Parts parts) {
        this.parts = parts;
        this.edge = new Edge(parts.config(), parts.routes(), parts.upgradePaths());
        this.metrics = new HttpMetrics(parts.registry());
        parts.registry().gauge("peal.connections.open", connections);
    }

    int connections() {
        return connections.get();
    }

    void hangUp() {
        speakingHttp.forEach(Channel::close);
    }

    boolean awaitNone(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (connections) {
            long left = end - System.nanoTime();
            while (connections.get() > 0 && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(connections, left);
                left = end - System.nanoTime();
            }
        }
        return connections.get() == 0;
    }

    /** Wakes whoever waits for the last one. */
    private void closed() {
        if (connections.decrementAndGet() == 0) {
            synchronized (connections) {
                connections.notifyAll();
            }
        }
    }

    @Override
    protected void initChannel(Channel channel) {
        int open = connections.incrementAndGet();
        channel.closeFuture().addListener(onClose);
        if (open > parts.config().limits().connections()) {
            metrics.refused("full");
            turnAway(channel);
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        if (parts.config().proxyProtocol() && edge.trusts(PeerAddress.socket(channel.remoteAddress()))) {
            pipeline.addLast(new HAProxyMessageDecoder(), new PeerAddress());
        }
        parts.tls().ifPresent(context -> {
            SslHandler tls = context.newHandler(channel.alloc());
            tls.setHandshakeTimeoutMillis(parts.config().limits().requestMillis());
            pipeline.addLast(tls);
        });
        pipeline.addLast(
                HttpConnection.DECODER, new RequestDecoder(parts.config().limits()));
        pipeline.addLast(HttpConnection.ENCODER, new HttpResponseEncoder());
        pipeline.addLast(HttpConnection.NAME, new HttpConnection(edge, parts.upgrade(), metrics, speakingHttp));
    }

    /** Without TLS the client reads why; with it a handshake for the sake of a refusal would cost what the limit is there to save. */
    private void turnAway(Channel channel) {
        if (parts.tls().isPresent()) {
            channel.close();
            return;
        }
        ByteBuf full = ByteBufUtil.writeAscii(channel.alloc(), FULL);
        channel.writeAndFlush(full).addListener(ChannelFutureListener.CLOSE);
    }
}
