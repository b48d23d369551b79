package dev.peal.bench.peer;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.xnio.Options;

/**
 * Undertow: {@code UndertowPeer PORT}. Settings: one I/O thread (the server has one core), direct buffers of 16 KiB (its default), no HTTP time-outs; a broadcast
 * encodes once and sends a view of the same bytes to each member.
 */
public final class UndertowPeer {
    private UndertowPeer() {}

    public static void main(String[] args) {
        start(Integer.parseInt(args[0]));
    }

    /** Starts the peer on a port of 127.0.0.1; it runs until what is answered gets closed. */
    public static AutoCloseable start(int port) {
        Program program = new Program();
        Undertow server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setIoThreads(Runtime.getRuntime().availableProcessors())
                .setSocketOption(Options.TCP_NODELAY, true)
                .setSocketOption(Options.BACKLOG, 4096)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, -1)
                .setHandler(Handlers.websocket((exchange, channel) -> accept(program, exchange, channel)))
                .build();
        server.start();
        return server::stop;
    }

    private static void accept(Program program, WebSocketHttpExchange exchange, WebSocketChannel channel) {
        channel.getReceiveSetter()
                .set(exchange.getRequestURI().equals(RoomProgram.ECHO_PATH) ? new Echo() : new Receiver(program));
        channel.addCloseTask(program::left);
        channel.resumeReceives();
    }

    private static final class Echo extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            WebSockets.sendText(message.getData(), channel, null);
        }
    }

    private static final class Receiver extends AbstractReceiveListener {
        private final Program program;

        Receiver(Program program) {
            this.program = program;
        }

        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            program.received(channel, message.getData());
        }
    }

    private static final class Program extends RoomProgram<WebSocketChannel, ByteBuffer> {
        @Override
        ByteBuffer prepare(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        void send(WebSocketChannel connection, ByteBuffer message) {
            WebSockets.sendText(message.duplicate(), connection, null);
        }
    }
}
