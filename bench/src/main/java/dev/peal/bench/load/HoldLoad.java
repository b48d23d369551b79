package dev.peal.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens connections that join and then only listen, and reads the server's memory at each wanted number of them: the slope is what one costs. */
final class HoldLoad implements FrameHandler {
    private static final long SECOND = 1_000_000_000L;

    private final LoadOptions options;
    private final Loop loop;
    private final ServerProbe probe;

    HoldLoad(LoadOptions options) throws IOException {
        this.options = options;
        loop = new Loop(options.target(), this);
        probe = new ServerProbe(options.pid, options.jcmd);
    }

    Map<String, Object> run() throws IOException {
        List<Connection> connections = new ArrayList<>();
        List<Integer> held = new ArrayList<>();
        List<Long> live = new ArrayList<>();
        List<Long> resident = new ArrayList<>();
        try (loop) {
            Churn.run(options);
            for (int step : options.steps) {
                loop.connect(connections, step, options.setupSeconds);
                settle();
                live.add(probe.liveHeapBytes());
                settle();
                resident.add(probe.residentBytes());
                held.add(step);
            }
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("held", held);
            figures.put("liveHeapBytes", live);
            figures.put("residentBytes", resident);
            figures.put("liveHeapPerConnection", slope(held, live));
            figures.put("residentPerConnection", slope(held, resident));
            figures.put("closed", loop.closedCount());
            figures.put("errors", loop.errorCount());
            figures.put("firstError", loop.firstError());
            return figures;
        }
    }

    /** Answers pings and swallows announcements for the asked time, so that nothing is under way when memory is read. */
    private void settle() throws IOException {
        long until = System.nanoTime() + (long) (options.warmSeconds * SECOND);
        while (System.nanoTime() - until < 0) {
            loop.pump(20);
        }
    }

    private static double slope(List<Integer> held, List<Long> bytes) {
        int last = held.size() - 1;
        return (double) (bytes.get(last) - bytes.get(0)) / (held.get(last) - held.get(0));
    }

    @Override
    public void text(Connection connection, ByteBuffer buffer, int at, int length, boolean deflated)
            throws IOException {
        loop.heartbeat(connection, at, length);
    }
}
