package dev.peal.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One room: some members send, every member gets every message, each delivery counts.
 *
 * <p>Closed loop: a sender sends its next message when its own comes back. Open loop: messages are due on a fixed schedule, and a latency counts from when its
 * message was due, not from when it went, so that a server that stalls the sender is charged for the wait (no coordinated omission).
 */
final class CastLoad implements FrameHandler {
    private static final int TAG_BYTES = 8; // "#000012 "
    private static final int TIME_AT = 10; // after "#000012 T:"
    private static final int VARIANTS = 32;
    private static final int BURST_MAX = 64;

    private final LoadOptions options;
    private final Dialect dialect;
    private final Loop loop;
    private final Measurement window;
    private final List<Connection> connections = new ArrayList<>();
    private final FrameTemplate[][] templates;
    private final boolean closedLoop;
    private int variant;
    private int untilSample;
    private int tagHint;

    CastLoad(LoadOptions options) throws IOException {
        this.options = options;
        Loop.Target target = options.target();
        dialect = target.dialect();
        loop = new Loop(target, this);
        window = new Measurement(options);
        closedLoop = options.rate == 0;
        untilSample = options.sample;
        templates = new FrameTemplate[options.senders][VARIANTS];
        Filler filler = new Filler(options.filler);
        for (int sender = 0; sender < options.senders; sender++) {
            for (int i = 0; i < VARIANTS; i++) {
                templates[sender][i] = new FrameTemplate(dialect.message(), sender, 0, options.size, filler.next());
            }
        }
    }

    Map<String, Object> run() throws IOException {
        try (loop) {
            loop.connect(connections, options.connections, options.setupSeconds);
            long now = System.nanoTime();
            window.start(now);
            if (closedLoop) {
                for (int i = 0; i < options.senders * options.inFlight; i++) {
                    Connection sender = connections.get(i % options.senders);
                    send(sender, now);
                    sender.flush();
                }
                while (window.running(System.nanoTime())) {
                    loop.pump(10);
                }
            } else {
                keepSchedule(now);
            }
            return window.figures(loop, System.nanoTime());
        }
    }

    private void keepSchedule(long startNanos) throws IOException {
        double stepNanos = 1e9 / options.rate;
        long due = 0;
        long now = startNanos;
        while (window.running(now)) {
            for (int burst = 0; burst < BURST_MAX; burst++) {
                long dueNanos = startNanos + (long) (due * stepNanos);
                Connection sender = connections.get((int) (due % options.senders));
                if (dueNanos - now > 0 || !send(sender, dueNanos)) {
                    break;
                }
                sender.flush();
                due++;
            }
            loop.pump(0);
            now = System.nanoTime();
        }
    }

    /** Appends the sender's next message; false if its socket is full. */
    private boolean send(Connection sender, long timeNanos) {
        FrameTemplate template = templates[sender.number][variant++ % VARIANTS];
        ByteBuffer room = sender.room(template.length());
        if (room == null) {
            return false;
        }
        template.appendTo(room, timeNanos, 0, 0);
        sender.inFlight++;
        if (window.counting) {
            window.sent++;
        }
        return true;
    }

    @Override
    public void ready(Connection connection) {
        connection.sender = connection.number < options.senders;
        byte[] tag = "#%06d ".formatted(connection.number).getBytes(StandardCharsets.US_ASCII);
        connection.tag = ByteBuffer.wrap(tag).order(ByteOrder.BIG_ENDIAN).getLong();
    }

    @Override
    public void text(Connection connection, ByteBuffer buffer, int at, int length, boolean deflated)
            throws IOException {
        if (deflated) {
            // Deflated text cannot be read without inflating it, which would cost the generator its speed: it is only
            // counted.
            window.frame(length);
            window.deflated += window.counting ? 1 : 0;
            return;
        }
        if (length <= dialect.counted().at()
                || buffer.get(at + dialect.counted().at()) != dialect.counted().mark()) {
            notCounted(connection, buffer, at, length);
            return;
        }
        window.frame(length);
        boolean sampled = --untilSample == 0;
        if (sampled) {
            untilSample = options.sample;
        }
        if (sampled || (closedLoop && connection.sender)) {
            look(connection, buffer, at, length, sampled && window.counting);
        }
    }

    private void notCounted(Connection connection, ByteBuffer buffer, int at, int length) throws IOException {
        if (!loop.heartbeat(connection, at, length) && length > 9 && buffer.get(at + 9) == 'e') {
            loop.error(at, length);
        }
    }

    private void look(Connection connection, ByteBuffer buffer, int at, int length, boolean sampled) {
        int tagAt = tagAt(buffer, at, length);
        if (tagAt < 0) {
            return;
        }
        if (sampled) {
            window.latency(loop.readNanos() - time(buffer, tagAt + TIME_AT));
        }
        if (closedLoop && buffer.getLong(tagAt) == connection.tag) {
            connection.inFlight--;
            send(connection, loop.readNanos());
        }
    }

    /** Where the tag starts: nearly always where it was in the frame before, else searched for; -1 if there is none. */
    private int tagAt(ByteBuffer buffer, int at, int length) {
        if (tagHint + TIME_AT + 16 <= length && isTag(buffer, at + tagHint)) {
            return at + tagHint;
        }
        for (int i = 0; i + TIME_AT + 16 <= length; i++) {
            if (isTag(buffer, at + i)) {
                tagHint = i;
                return at + i;
            }
        }
        return -1;
    }

    private static boolean isTag(ByteBuffer buffer, int at) {
        return buffer.get(at) == '#' && buffer.get(at + TAG_BYTES) == 'T' && buffer.get(at + TAG_BYTES + 1) == ':';
    }

    private static long time(ByteBuffer buffer, int at) {
        long time = 0;
        for (int i = 0; i < 16; i++) {
            int digit = buffer.get(at + i);
            time = time << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        return time;
    }

    @Override
    public void closed(@Nullable Connection connection) {
        loop.error("a connection was lost");
    }
}
