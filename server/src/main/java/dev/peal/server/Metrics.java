package dev.peal.server;

import dev.peal.auth.RefusalReason;
import dev.peal.hub.HubMeters;
import dev.peal.server.api.ServerStats;
import dev.peal.server.fallback.FallbackMeters;
import dev.peal.session.SessionMeters;
import dev.peal.transport.sse.StreamMeters;
import dev.peal.transport.ws.WebSocketMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the server counts. Labels come from closed sets: message types that have a rate of their own, reasons, close codes; never users, rooms or addresses.
 *
 * <p>Thread-safe. Counting finds its counter by one look-up at most and allocates nothing.
 */
final class Metrics implements SessionMeters, HubMeters, WebSocketMeters, StreamMeters, FallbackMeters {
    private final PrometheusMeterRegistry registry;
    private final AtomicInteger sessions;
    private final AtomicInteger webSockets;
    private final AtomicInteger streams;
    private final AtomicInteger waitingPolls;
    private final AtomicInteger rooms;
    private final AtomicLong outboxBytes = new AtomicLong();
    private final Counter framesOut;
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final Counter slow;
    private final Counter replayReads;
    private final DistributionSummary batchPushes;
    private final DistributionSummary messageBytes;
    private final Timer acknowledged;
    private final Map<String, Counter> received = new ConcurrentHashMap<>();
    private final Map<String, Counter> limited = new ConcurrentHashMap<>();
    private final Map<RefusalReason, Counter> refused = new EnumMap<>(RefusalReason.class);

    Metrics(PrometheusMeterRegistry registry) {
        this.registry = registry;
        sessions = gauge("peal.sessions", "Sessions open");
        webSockets = gauge("peal.websockets", "WebSocket connections open");
        streams = gauge("peal.streams", "Event streams open");
        waitingPolls = gauge("peal.polls.waiting", "Polls that wait for something to come");
        rooms = gauge("peal.rooms", "Rooms in memory");
        Gauge.builder("peal.outbox.bytes", outboxBytes, AtomicLong::doubleValue)
                .description("Bytes that wait for their clients to take them")
                .register(registry);
        framesOut = counter("peal.frames.out", "Pushes that members of rooms took");
        bytesIn = counter("peal.bytes.in", "Bytes read from WebSockets");
        bytesOut = counter("peal.bytes.out", "Bytes written to WebSockets and event streams");
        slow = counter("peal.slow.consumers", "Members that were disconnected because they did not keep up");
        replayReads =
                counter("peal.replay.reads", "Parts of rooms' logs read for replays, each once for all who wanted it");
        batchPushes = DistributionSummary.builder("peal.batch.pushes")
                .description("Pushes in one write")
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
                .register(registry);
        messageBytes = DistributionSummary.builder("peal.message.bytes")
                .description("Size of the messages that came in")
                .serviceLevelObjectives(128, 512, 2048, 8192, 65536, 1048576)
                .register(registry);
        acknowledged = Timer.builder("peal.ack.latency")
                .description("From a stored message's arrival to its acknowledgement")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(registry);
        for (RefusalReason reason : RefusalReason.values()) {
            refused.put(reason, registry.counter("peal.auth.failures", "reason", reason.label()));
        }
    }

    /** Adds what the JVM and the process tell of themselves. */
    @SuppressWarnings("resource") // the listeners end with the process; a registry has one server
    Metrics withProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        return this;
    }

    /**
     * The Prometheus text (version 0.0.4).
     *
     * @param waiting the bytes that wait now, which are counted only when somebody looks
     * @return completed on a thread that is no event loop: writing it takes milliseconds
     */
    CompletionStage<String> text(CompletionStage<Long> waiting) {
        return waiting.thenApplyAsync(bytes -> {
            outboxBytes.set(bytes);
            return registry.scrape();
        });
    }

    /** The figures that the server API shows. */
    ServerStats stats(long uptimeMillis, long waitingBytes, boolean writable) {
        int connections = webSockets.get() + streams.get() + waitingPolls.get();
        return new ServerStats(uptimeMillis, connections, sessions.get(), rooms.get(), waitingBytes, writable);
    }

    /** The server API refused a request, with this code. */
    void apiRefused(String code) {
        registry.counter("peal.api.refused", "reason", code).increment();
    }

    private AtomicInteger gauge(String name, String description) {
        AtomicInteger value = new AtomicInteger();
        Gauge.builder(name, value, AtomicInteger::doubleValue)
                .description(description)
                .register(registry);
        return value;
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Counter byType(Map<String, Counter> counters, String name, String type) {
        Counter known = counters.get(type);
        return known != null ? known : counters.computeIfAbsent(type, t -> registry.counter(name, "type", t));
    }

    @Override
    public void replayRead() {
        replayReads.increment();
    }

    @Override
    public void sessions(int change) {
        sessions.addAndGet(change);
    }

    @Override
    public void received(String type, int bytes) {
        byType(received, "peal.messages.in", type).increment();
        messageBytes.record(bytes);
    }

    @Override
    public void rateLimited(String type) {
        byType(limited, "peal.rate.limited", type).increment();
    }

    @Override
    public void refused(RefusalReason reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void acknowledged(long nanos) {
        acknowledged.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void batch(int pushes, long frames) {
        batchPushes.record(pushes);
        framesOut.increment((double) frames);
    }

    @Override
    public void slow() {
        slow.increment();
    }

    @Override
    public void rooms(int change) {
        rooms.addAndGet(change);
    }

    @Override
    public void connections(int change) {
        webSockets.addAndGet(change);
    }

    @Override
    public void streams(int change) {
        streams.addAndGet(change);
    }

    @Override
    public void streamed(int bytes) {
        bytesOut.increment(bytes);
    }

    @Override
    public void waitingPolls(int change) {
        waitingPolls.addAndGet(change);
    }

    @Override
    public void read(int bytes) {
        bytesIn.increment(bytes);
    }

    @Override
    public void wrote(int bytes) {
        bytesOut.increment(bytes);
    }

    @Override
    public void violation(int code, String reason) {
        registry.counter("peal.violations", "code", Integer.toString(code), "reason", reason)
                .increment();
    }
}
