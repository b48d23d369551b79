package dev.peal.transport.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Takes the client's address from a PROXY protocol header (HAProxy, versions 1 and 2), then leaves the pipeline. Event loop only. */
final class PeerAddress extends SimpleChannelInboundHandler<HAProxyMessage> {
    private static final AttributeKey<InetAddress> TOLD = AttributeKey.valueOf(PeerAddress.class, "told");

    /** The connection's peer: as the proxy told, else as the socket says. */
    static InetAddress of(Channel channel) {
        InetAddress told = channel.hasAttr(TOLD) ? channel.attr(TOLD).get() : null;
        return told != null ? told : socket(channel.remoteAddress());
    }

    /** The peer of the socket itself; a channel without one, as in tests, is this machine. */
    static InetAddress socket(SocketAddress remote) {
        return remote instanceof InetSocketAddress inet ? inet.getAddress() : InetAddress.getLoopbackAddress();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage message) {
        String source = message.sourceAddress();
        if (source != null) { // absent for a proxy's own health check: then the proxy is the client
            Addresses.literal(source)
                    .ifPresent(address -> ctx.channel().attr(TOLD).set(address));
        }
        ctx.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // a trusted proxy that does not speak the protocol it was configured for: nothing can be believed
    }
}
