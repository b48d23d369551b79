package dev.peal.transport.http;

import dev.peal.transport.EventLoops;
import dev.peal.transport.TransportKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server with a few routes, on a free port. Remembers every request that reached a handler. */
final class TestServer implements AutoCloseable {
    final Queue<Request> seen = new ConcurrentLinkedQueue<>();
    final CompletableFuture<Response> slow = new CompletableFuture<>();
    private final EventLoops loops = EventLoops.forced(TransportKind.NIO, 1);
    private final HttpServer server;

    TestServer(HttpConfig config) {
        this(config, Optional.empty());
    }

    TestServer(HttpConfig config, Optional<SslContext> tls) {
        Routes.Builder routes = Routes.builder()
                .get("/hello", request -> seen(request, Response.json(200, "{\"hello\":\"you\"}")))
                .get("/smuggled", request -> seen(request, Response.json(200, "{\"smuggled\":true}")))
                .get("/slow", request -> slow)
                .get("/broken", request -> {
                    throw new IllegalStateException("secret detail");
                })
                .post("/echo", request -> seen(request, Response.of(200, "application/json", request.body())));
        StaticPages.load(getClass().getClassLoader(), "META-INF/peal/testweb").addTo(routes);
        var parts = new HttpServer.Parts(
                config, routes.build(), Set.of("/", "/chat"), TestServer::judge, tls, new SimpleMeterRegistry());
        server = HttpServer.start(loops, List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), parts);
    }

    /** Accepts whoever has a key; the "protocol" after it is an echo. */
    private static Upgrade.Answer judge(Request request, io.netty.channel.EventLoop loop) {
        return request.header("Sec-WebSocket-Key").isPresent()
                ? new Upgrade.Answer.Accepted(Map.of("Upgrade", "websocket", "Connection", "Upgrade"), new Echo())
                : new Upgrade.Answer.Refused(Problem.of(400, "no_key", "A key is needed."));
    }

    private CompletableFuture<Response> seen(Request request, Response response) {
        seen.add(request);
        return CompletableFuture.completedFuture(response);
    }

    RawClient client() throws java.io.IOException {
        return new RawClient(server.port());
    }

    int port() {
        return server.port();
    }

    int connections() {
        return server.connections();
    }

    @Override
    public void close() {
        server.close();
        loops.close();
    }

    private static final class Echo extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            String handlers = String.join(",", ctx.pipeline().names());
            String said = bytes.toString(StandardCharsets.ISO_8859_1);
            byte[] answer = (said + "|" + handlers).getBytes(StandardCharsets.ISO_8859_1);
            ctx.writeAndFlush(io.netty.buffer.Unpooled.wrappedBuffer(answer))
                    .addListener(io.netty.channel.ChannelFutureListener.CLOSE);
        }
    }
}
