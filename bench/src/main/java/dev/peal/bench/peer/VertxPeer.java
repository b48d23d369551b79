package dev.peal.bench.peer;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;

/**
 * Vert.x: {@code VertxPeer PORT}. Settings: native transport (epoll), one event loop (the server has one core), no compression, no event-bus write handlers; a
 * broadcast makes one string and writes that to each member (a frame cannot be written twice: writing releases it).
 */
public final class VertxPeer {
    private VertxPeer() {}

    public static void main(String[] args) {
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(Integer.parseInt(args[0]))
                .setAcceptBacklog(4096)
                .setTcpNoDelay(true)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setRegisterWebSocketWriteHandlers(false);
        Program program = new Program();
        vertx.createHttpServer(options)
                .webSocketHandler(socket -> accept(program, socket))
                .listen()
                .onSuccess(server -> System.out.println("native transport: " + vertx.isNativeTransportEnabled()))
                .onFailure(failure -> {
                    throw new IllegalStateException(failure);
                });
    }

    private static void accept(Program program, ServerWebSocket socket) {
        if (socket.path().equals(RoomProgram.ECHO_PATH)) {
            socket.textMessageHandler(socket::writeTextMessage);
            return;
        }
        socket.textMessageHandler(text -> program.received(socket, text));
        socket.closeHandler(unused -> program.left(socket));
    }

    private static final class Program extends RoomProgram<ServerWebSocket, String> {
        @Override
        String prepare(String text) {
            return text;
        }

        @Override
        void send(ServerWebSocket connection, String message) {
            connection.writeTextMessage(message);
        }
    }
}
