package dev.peal.transport.ws;

import dev.peal.websocket.CompressionPermits;
import dev.peal.websocket.DeflateParams;
import dev.peal.websocket.Handshake;
import dev.peal.websocket.HandshakeRequest;
import dev.peal.websocket.HandshakeResult;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The WebSockets of a server: judges handshakes and makes the handlers of those that it accepts. Thread-safe. */
public final class WebSockets implements AutoCloseable {
    /** What becomes of an upgrade request. */
    public sealed interface Answer {
        /** Answer 101 with these headers; then this handler alone has the connection and all bytes that came after the request. */
        record Accepted(List<Map.Entry<String, String>> headers, WebSocketHandler handler) implements Answer {}

        /** Answer as it says and close. */
        record Rejected(HandshakeResult.Rejected why) implements Answer {}
    }

    private final WebSocketConfig config;
    private final Receivers receivers;
    private final List<WebSocketLoop> loops;

    /**
     * @param group the event loops that connections live on; {@link Receivers} are told their numbers in its order
     * @param receivers what the messages go to
     */
    public WebSockets(WebSocketConfig config, EventLoopGroup group, Receivers receivers, WebSocketMeters meters) {
        this.config = config;
        this.receivers = receivers;
        CompressionPermits permits = new CompressionPermits(config.deflate().concurrentMax());
        List<WebSocketLoop> made = new ArrayList<>();
        for (EventExecutor loop : group) {
            made.add(new WebSocketLoop(made.size(), loop, config, permits, meters, System::nanoTime));
        }
        this.loops = List.copyOf(made);
    }

    /**
     * Judges an upgrade request. On the connection's event loop.
     *
     * @param target the request's path and its query
     * @param client the client's address, as far as it is known for certain
     */
    public Answer answer(HandshakeRequest request, Target target, InetAddress client, EventLoop loop) {
        return switch (Handshake.answer(request, config.handshake())) {
            case HandshakeResult.Rejected rejected -> new Answer.Rejected(rejected);
            case HandshakeResult.Accepted accepted -> {
                WebSocketLoop own = own(loop);
                int bits =
                        accepted.deflate().map(DeflateParams::serverWindowBits).orElse(0);
                yield new Answer.Accepted(
                        accepted.headers(),
                        new WebSocketHandler(
                                own, bits, connection -> receivers.open(connection, target, client, own.index())));
            }
        };
    }

    /** Frees what the loops hold; to be called before the loops end. */
    @Override
    public void close() {
        for (WebSocketLoop loop : loops) {
            loop.executor().execute(loop::close);
        }
    }

    private WebSocketLoop own(EventLoop loop) {
        for (WebSocketLoop candidate : loops) {
            if (candidate.executor() == loop) {
                return candidate;
            }
        }
        throw new IllegalArgumentException("not one of these loops: " + loop);
    }
}
