package dev.peal.transport.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Closing so that the last answer arrives: a socket that is closed while bytes of the client are unread sends a reset, which may overtake the answer. So our half
 * is closed first, and what still comes is thrown away for a short time (RFC 9112 9.6).
 */
final class Lingering {
    private static final long LINGER_MILLIS = 1_000;

    private Lingering() {}

    static void close(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        if (ctx.pipeline().get(SslHandler.class) != null || !(channel instanceof DuplexChannel duplex)) {
            ctx.close();
            return;
        }
        duplex.shutdownOutput();
        var end = ctx.executor().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> end.cancel(false));
    }
}
