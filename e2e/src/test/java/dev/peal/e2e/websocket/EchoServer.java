package dev.peal.e2e.websocket;

import dev.peal.transport.EventLoops;
import dev.peal.transport.TransportKind;
import dev.peal.transport.http.HttpConfig;
import dev.peal.transport.http.HttpServer;
import dev.peal.transport.http.Routes;
import dev.peal.transport.http.WebSocketUpgrade;
import dev.peal.transport.ws.Receiver;
import dev.peal.transport.ws.WebSocketConfig;
import dev.peal.transport.ws.WebSocketHandler;
import dev.peal.transport.ws.WebSocketMeters;
import dev.peal.transport.ws.WebSockets;
import dev.peal.websocket.DeflateConfig;
import dev.peal.websocket.HandshakeConfig;
import dev.peal.websocket.Opcode;
import dev.peal.websocket.SiteRules;
import dev.peal.websocket.WebSocketLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends every message back, on the product's HTTP edge and WebSocket handler. Two texts are orders: {@code close <code>} closes with that code,
 * {@code throw} fails as a bug would.
 */
public final class EchoServer implements AutoCloseable {
    /** Compresses whatever becomes shorter. */
    static final DeflateConfig DEFLATE_ALL = new DeflateConfig(true, 1, 3, 7, 15, 15, 10);

    /** What Autobahn's largest cases need. */
    static final WebSocketConfig RAISED =
            config(new WebSocketLimits(32 << 20, 32 << 20, 100_000, 120_000, 1_000), DEFLATE_ALL);

    /** Pending bytes at which a connection is read no further. */
    static final int PAUSE_BYTES = 4 << 20;

    /** The most that was pending on any connection when something came in. */
    final AtomicLong pendingMax = new AtomicLong();

    final AtomicInteger open = new AtomicInteger();

    private final EventLoops loops;
    private final WebSockets webSockets;
    private final HttpServer server;

    private EchoServer(int port, WebSocketConfig config) {
        loops = loops();
        webSockets = new WebSockets(
                config, loops.group(), (connection, path, client, loop) -> new Echo(connection), WebSocketMeters.NONE);
        HttpServer.Parts parts = new HttpServer.Parts(
                HttpConfig.LOCAL,
                Routes.builder().build(),
                Set.of("/"),
                new WebSocketUpgrade(webSockets),
                Optional.empty(),
                new SimpleMeterRegistry());
        server = HttpServer.start(loops, List.of(new InetSocketAddress("127.0.0.1", port)), parts);
    }

    /** One loop, on the best transport or on the one that {@code -Dpeal.test.transport} names. */
    private static EventLoops loops() {
        String forced = System.getProperty("peal.test.transport", "");
        return forced.isEmpty() ? EventLoops.best(1) : EventLoops.forced(TransportKind.valueOf(forced), 1);
    }

    static EchoServer start(WebSocketConfig config) {
        return new EchoServer(0, config);
    }

    static WebSocketConfig config(WebSocketLimits limits, DeflateConfig deflate) {
        return new WebSocketConfig(limits, new HandshakeConfig(SiteRules.DEFAULT, deflate), 2_000);
    }

    /** For the Autobahn plugin: serves on the port given until the process ends. */
    public static void main(String[] args) {
        new EchoServer(Integer.parseInt(args[0]), RAISED);
    }

    /** Open connections of all kinds. */
    int connections() {
        return server.connections();
    }

    int port() {
        return server.port();
    }

    /** The loop of every connection. */
    EventLoop loop() {
        return loops.group().next();
    }

    @Override
    public void close() {
        server.close();
        webSockets.close();
        loops.close();
    }

    private final class Echo implements Receiver {
        private final WebSocketHandler connection;

        Echo(WebSocketHandler connection) {
            this.connection = connection;
            open.incrementAndGet();
        }

        @Override
        public void text(ByteBuf payload) {
            if (payload.readableBytes() < 20 && payload.readableBytes() > 4) {
                obey(payload.toString(StandardCharsets.US_ASCII));
            }
            send(Opcode.TEXT, payload);
        }

        @Override
        public void binary(ByteBuf payload) {
            send(Opcode.BINARY, payload);
        }

        @Override
        public void alive() {
            measure();
        }

        @Override
        public void drained() {
            connection.reading(true);
        }

        @Override
        public void gone() {
            open.decrementAndGet();
        }

        private void send(int opcode, ByteBuf payload) {
            connection.message(opcode, payload);
            connection.flush();
            if (measure() > PAUSE_BYTES) {
                connection.reading(false);
            }
        }

        private long measure() {
            long pending = connection.pendingBytes();
            pendingMax.accumulateAndGet(pending, Math::max);
            return pending;
        }

        private void obey(String text) {
            if (text.startsWith("close ")) {
                connection.close(Integer.parseInt(text.substring(6)), "as ordered");
            } else if (text.equals("throw")) {
                throw new IllegalStateException("as ordered");
            }
        }
    }
}
