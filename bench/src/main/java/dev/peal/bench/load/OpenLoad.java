package dev.peal.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Opens what the dialect names, again and again, one connection after the other, and goes away between for long enough that the server lets go of it. A latency is the time from the
 * last question to its whole answer.
 */
final class OpenLoad implements FrameHandler {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private final LoadOptions options;
    private final Loop loop;
    private final Measurement window;
    private int opened;

    OpenLoad(LoadOptions options) throws IOException {
        this.options = options;
        loop = new Loop(options.target(), this);
        window = new Measurement(options);
    }

    Map<String, Object> run() throws IOException {
        try (loop) {
            open(); // The first one may take long: what is measured is not how a server begins.
            window.start(System.nanoTime());
            while (window.running(System.nanoTime())) {
                pause();
                open();
            }
            return window.figures(loop, System.nanoTime());
        }
    }

    private void open() throws IOException {
        long deadline = System.nanoTime() + options.setupSeconds * SECOND;
        int before = opened;
        loop.open(0);
        while (opened == before) {
            if (loop.errorCount() > 0 || System.nanoTime() - deadline > 0) {
                throw new IOException("it did not open: " + loop.firstError());
            }
            loop.pump(10);
        }
    }

    private void pause() throws IOException {
        long until = System.nanoTime() + options.pauseMillis * MILLI;
        while (System.nanoTime() - until < 0) {
            loop.pump(1);
        }
    }

    @Override
    public void ready(Connection connection) throws IOException {
        opened++;
        if (window.counting) {
            window.latency(loop.readNanos() - connection.askedNanos);
        }
        window.frame(0);
        connection.reset();
    }

    @Override
    public void text(Connection connection, ByteBuffer buffer, int at, int length, boolean deflated) {
        // What comes behind the answer does not matter here.
    }
}
