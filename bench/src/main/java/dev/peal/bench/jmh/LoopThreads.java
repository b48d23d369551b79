package dev.peal.bench.jmh;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Benchmark threads of the kind that event loops run on, whose pools Netty finds fastest. JMH makes it by name. */
public final class LoopThreads extends ThreadPoolExecutor {
    /** The JVM arguments that have JMH use these threads. */
    static final String[] JVM_ARGUMENTS = {
        "-Djmh.executor=CUSTOM", "-Djmh.executor.class=dev.peal.bench.jmh.LoopThreads"
    };

    /** Called by JMH. */
    public LoopThreads(int threads, String prefix) {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory(prefix));
    }
}
