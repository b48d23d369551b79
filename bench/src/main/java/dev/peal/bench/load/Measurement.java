package dev.peal.bench.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One measured window: when it runs, what was counted in it, and what the server used meanwhile. Before it comes a warm-up, in slices, that goes on while one of
 * the last two slices was clearly better than each one before: a JVM on one core is compiling, and how long that takes differs. Confined to the generator's thread.
 */
final class Measurement {
    private static final long SECOND = 1_000_000_000L;
    private static final long LATENCY_MAX_NANOS = 120 * SECOND;
    private static final long SLICE_NANOS = 2 * SECOND;
    private static final double BETTER = 1.05;

    private final Histogram latency = new Histogram(LATENCY_MAX_NANOS, 3);
    private final ServerProbe probe;
    private final long warmNanos;
    private final long warmNanosMax;
    private final long windowNanos;
    private long beginNanos;
    private long endNanos;
    private long warmUntilNanos;
    private long sliceEndNanos;
    private long seenAtSlice;
    private long bestSlice;
    private int slicesNoBetter;
    private double cpuAtBegin;

    boolean counting;

    /** Frames of the warm-up and the window. */
    long seen;

    long frames;
    long bytes;
    long sent;
    long deflated;

    Measurement(LoadOptions options) {
        probe = new ServerProbe(options.pid, options.jcmd);
        warmNanos = (long) (options.warmSeconds * SECOND);
        warmNanosMax = (long) (Math.max(options.warmSeconds, options.warmSecondsMax) * SECOND);
        windowNanos = (long) (options.seconds * SECOND);
    }

    void start(long nowNanos) {
        beginNanos = nowNanos + warmNanos;
        endNanos = beginNanos + windowNanos;
        warmUntilNanos = nowNanos + warmNanosMax;
        sliceEndNanos = nowNanos + SLICE_NANOS;
    }

    /** Moves the window on; false when it is over. */
    boolean running(long nowNanos) {
        if (!counting && nowNanos - sliceEndNanos >= 0) {
            sliceEnded(nowNanos);
        }
        if (!counting && nowNanos - beginNanos >= 0) {
            counting = true;
            beginNanos = nowNanos;
            endNanos = nowNanos + windowNanos;
            cpuAtBegin = probe.cpuSeconds();
        }
        return nowNanos - endNanos < 0;
    }

    /** A slice that was better than all before earns two more. */
    private void sliceEnded(long nowNanos) {
        long slice = seen - seenAtSlice;
        seenAtSlice = seen;
        sliceEndNanos = nowNanos + SLICE_NANOS;
        slicesNoBetter = slice > BETTER * bestSlice ? 0 : slicesNoBetter + 1;
        bestSlice = Math.max(bestSlice, slice);
        if (slicesNoBetter < 2 && sliceEndNanos - warmUntilNanos <= 0 && sliceEndNanos - beginNanos > 0) {
            beginNanos = sliceEndNanos;
            endNanos = beginNanos + windowNanos;
        }
    }

    /** A frame that counts, if this is the window. */
    void frame(int length) {
        seen++;
        if (counting) {
            frames++;
            bytes += length;
        }
    }

    void latency(long nanos) {
        latency.recordValue(Math.max(0, Math.min(nanos, LATENCY_MAX_NANOS)));
    }

    /** The figures of the window that ends now. */
    Map<String, Object> figures(Loop loop, long nowNanos) throws IOException {
        double elapsed = (nowNanos - beginNanos) / (double) SECOND;
        double cpu = probe.cpuSeconds() - cpuAtBegin;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("elapsedSeconds", elapsed);
        figures.put("sent", sent);
        figures.put("frames", frames);
        figures.put("framesPerSecond", frames / elapsed);
        figures.put("sentPerSecond", sent / elapsed);
        figures.put("megabytesPerSecond", bytes / elapsed / 1e6);
        figures.put("bytesPerFrame", frames == 0 ? 0 : (double) bytes / frames);
        figures.put("deflatedFrames", deflated);
        figures.put("serverCpuShare", cpu / elapsed);
        figures.put("cpuMicrosPerFrame", frames == 0 ? 0 : cpu * 1e6 / frames);
        for (double percentile : new double[] {50, 99, 99.9}) {
            figures.put(
                    "p" + String.valueOf(percentile).replace(".0", "").replace(".", "") + "Micros",
                    latency.getValueAtPercentile(percentile) / 1000.0);
        }
        figures.put("maxMicros", latency.getMaxValue() / 1000.0);
        figures.put("residentBytes", probe.residentBytes());
        figures.put("closed", loop.closedCount());
        figures.put("errors", loop.errorCount());
        figures.put("firstError", loop.firstError());
        return figures;
    }
}
