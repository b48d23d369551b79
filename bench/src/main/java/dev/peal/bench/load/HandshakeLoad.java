package dev.peal.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** Keeps some handshakes under way: connects, waits for the 101, closes, begins the next. */
final class HandshakeLoad implements FrameHandler {
    private final LoadOptions options;
    private final Loop loop;
    private final Measurement window;
    private int done;
    private int started;

    HandshakeLoad(LoadOptions options) throws IOException {
        this.options = options;
        loop = new Loop(options.target(), this);
        window = new Measurement(options);
    }

    Map<String, Object> run() throws IOException {
        try (loop) {
            window.start(System.nanoTime());
            while (window.running(System.nanoTime())) {
                while (started - done < options.inFlight && loop.errorCount() == 0) {
                    loop.open(started++);
                }
                loop.pump(10);
            }
            return window.figures(loop, System.nanoTime());
        }
    }

    @Override
    public void ready(Connection connection) throws IOException {
        done++;
        connection.reset();
        window.frame(0);
    }

    @Override
    public void text(Connection connection, ByteBuffer buffer, int at, int length, boolean deflated) {
        // Whatever a server says after the upgrade does not matter here.
    }
}
