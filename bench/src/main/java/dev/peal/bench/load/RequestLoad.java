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
 *
 * <p>With a rate, requests are due on a fixed schedule, one connection after another, and a latency counts from when its request was due.
 */
final class RequestLoad implements FrameHandler {
    private static final int ID_DIGITS = 9;
    private static final int BURST_MAX = 64;

    /** Where the revision stands in an operation that the server sends. */
    private static final int REVISION_AT = "{\"type\":\"operation\",\"offset\":".length();

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
            if (options.rate > 0) {
                keepSchedule(now);
            } else {
                keepFull(now);
            }
            return window.figures(loop, System.nanoTime());
        }
    }

    private void keepFull(long startNanos) throws IOException {
        for (Connection connection : connections) {
            for (int i = 0; i < options.inFlight; i++) {
                send(connection, startNanos);
            }
            connection.flush();
        }
        while (window.running(System.nanoTime())) {
            loop.pump(10);
        }
    }

    private void keepSchedule(long startNanos) throws IOException {
        double stepNanos = 1e9 / options.rate;
        long due = 0;
        long now = startNanos;
        while (window.running(now)) {
            for (int burst = 0; burst < BURST_MAX; burst++) {
                long dueNanos = startNanos + (long) (due * stepNanos);
                Connection connection = connections.get((int) (due % options.connections));
                if (dueNanos > now || connection.inFlight == options.inFlight) {
                    break;
                }
                send(connection, dueNanos);
                connection.flush();
                due++;
            }
            loop.pump(0);
            now = System.nanoTime();
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
        connection.inFlight++;
        connection.sentNanos[id % options.inFlight] = nowNanos;
        template.appendTo(room, nowNanos, id, connection.revision);
        if (window.counting) {
            window.sent++;
        }
    }

    @Override
    public void text(Connection connection, ByteBuffer buffer, int at, int length, boolean deflated)
            throws IOException {
        Dialect.Counted counted = dialect.counted();
        if (length < counted.idAt() + ID_DIGITS || buffer.get(at + counted.at()) != counted.mark()) {
            notAnswer(connection, buffer, at, length);
            return;
        }
        int id = 0;
        for (int i = 0; i < ID_DIGITS; i++) {
            id = id * 10 + buffer.get(at + counted.idAt() + i) - '0';
        }
        window.frame(length);
        if (window.counting) {
            window.latency(loop.readNanos() - connection.sentNanos[Math.floorMod(id, options.inFlight)]);
        }
        if (counted.revisionAt() >= 0) {
            connection.revision = number(buffer, at + counted.revisionAt()) + 1;
        }
        connection.inFlight--;
        if (options.rate == 0) {
            send(connection, loop.readNanos());
        }
    }

    private void notAnswer(Connection connection, ByteBuffer buffer, int at, int length) throws IOException {
        if (length > REVISION_AT && buffer.get(at + 9) == 'o') {
            connection.revision = number(buffer, at + REVISION_AT);
            return;
        }
        if (!loop.heartbeat(connection, at, length) && length > 9 && buffer.get(at + 9) == 'e') {
            loop.error(at, length);
        }
    }

    private static long number(ByteBuffer buffer, int at) {
        long number = 0;
        for (int i = at; buffer.get(i) >= '0' && buffer.get(i) <= '9'; i++) {
            number = number * 10 + buffer.get(i) - '0';
        }
        return number;
    }

    @Override
    public void closed(@Nullable Connection connection) {
        loop.error("a connection was lost");
    }
}
