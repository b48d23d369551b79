package dev.peal.bench.peer;

import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * Jetty: {@code JettyPeer PORT}. Settings: one selector (its default on one core), its default thread pool, no automatic fragmenting, no idle time-out, no
 * compression (its default: the client asks for none); a broadcast makes one string and sends that to each member without waiting.
 */
public final class JettyPeer {
    private JettyPeer() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server(new QueuedThreadPool());
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[0]));
        connector.setAcceptQueueSize(4096);
        connector.setIdleTimeout(Duration.ofHours(1).toMillis());
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, JettyPeer::configure));
        server.start();
    }

    private static void configure(ServerWebSocketContainer container) {
        container.setAutoFragment(false);
        container.setIdleTimeout(Duration.ZERO);
        Program program = new Program();
        container.addMapping(RoomProgram.ECHO_PATH, (request, response, callback) -> new Echo());
        container.addMapping("/", (request, response, callback) -> new Receiver(program));
    }

    /** Echoes; public with public methods, as Jetty calls listeners by method handles. */
    public static final class Echo extends Session.Listener.AbstractAutoDemanding {
        @Override
        public void onWebSocketText(String message) {
            getSession().sendText(message, Callback.NOOP);
        }
    }

    /** Hands what it receives to the room program. */
    public static final class Receiver extends Session.Listener.AbstractAutoDemanding {
        private final Program program;

        private Receiver(Program program) {
            this.program = program;
        }

        @Override
        public void onWebSocketText(String message) {
            program.received(getSession(), message);
        }

        @Override
        public void onWebSocketClose(int statusCode, String reason, Callback callback) {
            program.left(getSession());
            callback.succeed();
        }
    }

    private static final class Program extends RoomProgram<Session, String> {
        @Override
        String prepare(String text) {
            return text;
        }

        @Override
        void send(Session connection, String message) {
            connection.sendText(message, Callback.NOOP);
        }
    }
}
