package dev.peal.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Connections that come and go, some at a time: what a server has seen that runs for a while. Before it a JVM has touched only the part of its young generation that
 * the first few thousand connections filled, and the rest would be counted for those that come later.
 */
final class Churn implements FrameHandler {
    private static final int AT_ONCE = 32;

    private int done;

    static void run(LoadOptions options) throws IOException {
        int count = options.churn;
        Churn churn = new Churn();
        try (Loop loop = new Loop(options.target(), churn)) {
            int started = 0;
            while (churn.done < count && loop.errorCount() == 0) {
                while (started < count && started - churn.done < AT_ONCE) {
                    loop.open(started++);
                }
                loop.pump(10);
            }
        }
    }

    @Override
    public void ready(Connection connection) throws IOException {
        done++;
        connection.reset();
    }

    @Override
    public void text(Connection connection, ByteBuffer buffer, int at, int length, boolean deflated) {
        // They go as soon as they are in.
    }
}
