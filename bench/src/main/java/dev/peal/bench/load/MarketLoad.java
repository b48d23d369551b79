package dev.peal.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Readers of a market that all follow every symbol, and beside them some that read nothing at all. A latency is the age of what a frame of records tells, from when it was
 * due at the source to when its bytes were read; both programs are on one machine, whose wall clock they share.
 */
final class MarketLoad implements FrameHandler {
    private static final long SECOND = 1_000_000_000L;
    private static final int HEADER_BYTES = 16;
    private static final int RECORD_BYTES = 48;
    private static final int TIME_AT = 16;
    private static final int SKIPPED = 5;

    private final LoadOptions options;
    private final Loop loop;
    private final Measurement window;
    private final List<Connection> connections = new ArrayList<>();
    private int untilSample;

    MarketLoad(LoadOptions options) throws IOException {
        this.options = options;
        loop = new Loop(options.target(), this);
        window = new Measurement(options);
        untilSample = options.sample;
    }

    Map<String, Object> run() throws IOException {
        try (loop) {
            loop.connect(connections, options.connections, options.setupSeconds);
            for (int i = 0; i < options.stalled; i++) {
                connections.get(i).stall();
            }
            window.start(System.nanoTime());
            while (window.running(System.nanoTime())) {
                loop.pump(10);
            }
            return window.figures(loop, System.nanoTime());
        }
    }

    @Override
    public void text(Connection connection, ByteBuffer buffer, int at, int length, boolean deflated) {
        window.frame(length);
        window.deflated += deflated && window.counting ? 1 : 0;
    }

    @Override
    public void binary(Connection connection, ByteBuffer buffer, int at, int length, boolean deflated) {
        text(connection, buffer, at, length, deflated);
        if (--untilSample > 0 || deflated || length < HEADER_BYTES + RECORD_BYTES) {
            return;
        }
        untilSample = options.sample;
        int record = at + HEADER_BYTES;
        if (buffer.get(record) == SKIPPED) {
            record += RECORD_BYTES;
        }
        if (window.counting && record + RECORD_BYTES <= at + length) {
            window.latency(wallNanos() - Long.reverseBytes(buffer.getLong(record + TIME_AT)));
        }
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    @Override
    public void closed(@Nullable Connection connection) {
        loop.error("a connection was lost");
    }
}
