package dev.peal.transport.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

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
            ctx.channel().attr(TOLD).set(address(source));
        }
        ctx.pipeline().remove(this);
    }

    /** The decoder gives an IP address as text; null, as for a Unix socket's path, is not known and so is no client. */
    private static @Nullable InetAddress address(String literal) {
        try {
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("thrown for a wrong number of bytes alone", e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // a trusted proxy that does not speak the protocol it was configured for: nothing can be believed
    }
}
