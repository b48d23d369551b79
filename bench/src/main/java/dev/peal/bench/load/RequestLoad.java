package dev.peal.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every connection keeps some requests in flight; an answer that carries a request's id frees its slot. With one in flight it measures the round trip, with many
 * a pipeline: all slots that a read frees are filled by one write.
 */
final class RequestLoad implements FrameHandler {
    private static final int ID_DIGITS = 9;

    private final LoadOptions options;
    private final Dialect dialect;
    private final Loop loop;
    private final Measurement window;
    private final List<Connection> connections = new ArrayList<>();
    private final List<FrameTemplate> templates = new ArrayList<>();

    RequestLoad(LoadOptions options) throws IOException {
        this.options = options;
        Loop.Target target = options.target();
        dialect = target.dialect();
        loop = new Loop(target, this);
        window = new Measurement(options);
        for (int i = 0; i < options.connections; i++) {
            templates.add(new FrameTemplate(dialect.message(), i, loop.room(i), options.size, "x"));
        }
    }

    Map<String, Object> run() throws IOException {
        try (loop) {
            loop.connect(connections, options.connections, options.setupSeconds);
            long now = System.nanoTime();
            window.start(now);
            for (Connection connection : connections) {
                for (int i = 0; i < options.inFlight; i++) {
                    send(connection, now);
                }
                connection.flush();
            }
            while (window.running(System.nanoTime())) {
                loop.pump(10);
            }
            return window.figures(loop, System.nanoTime());
        }
    }

    @Override
    public void ready(Connection connection) {
        connection.sender = true;
        connection.sentNanos = new long[options.inFlight];
    }

    private void send(Connection connection, long nowNanos) throws IOException {
        FrameTemplate template = templates.get(connection.number);
        ByteBuffer room = connection.room(template.length());
        if (room == null) {
            throw new IOException("the server reads nothing from connection " + connection.number);
        }
        int id = connection.nextId++;
        connection.sentNanos[id % options.inFlight] = nowNanos;
        template.appendTo(room, nowNanos, id);
        if (window.counting) {
            window.sent++;
        }
    }

    @Override
    public void text(Connection connection, ByteBuffer buffer, int at, int length, boolean deflated)
            throws IOException {
        if (length < dialect.idAt() + ID_DIGITS || buffer.get(at + dialect.countedAt()) != dialect.counted()) {
            notAnswer(connection, buffer, at, length);
            return;
        }
        int id = 0;
        for (int i = 0; i < ID_DIGITS; i++) {
            id = id * 10 + buffer.get(at + dialect.idAt() + i) - '0';
        }
        window.frame(length);
        if (window.counting) {
            window.latency(loop.readNanos() - connection.sentNanos[Math.floorMod(id, options.inFlight)]);
        }
        send(connection, loop.readNanos());
    }

    private void notAnswer(Connection connection, ByteBuffer buffer, int at, int length) throws IOException {
        if (!loop.heartbeat(connection, at, length) && length > 9 && buffer.get(at + 9) == 'e') {
            loop.error(at, length);
        }
    }

    @Override
    public void closed(@Nullable Connection connection) {
        loop.error("a connection was lost");
    }
}
