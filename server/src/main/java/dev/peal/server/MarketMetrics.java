package dev.peal.server;

import dev.peal.market.MarketMeters;
import dev.peal.market.ingest.IngestFault;
import dev.peal.market.paper.PaperFault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the market counts; registered where there is one. Labels are codes of PROTOCOL.md: never users or symbols. Thread-safe. */
final class MarketMetrics implements MarketMeters {
    private final Counter ordersTaken;
    private final Counter fills;
    private final Counter events;
    private final Counter batchesApplied;
    private final Counter batchesRepeated;
    private final Map<PaperFault, Counter> ordersRefused = new EnumMap<>(PaperFault.class);
    private final Map<IngestFault, Counter> batchesRefused = new EnumMap<>(IngestFault.class);

    MarketMetrics(MeterRegistry registry) {
        ordersTaken = registry.counter("peal.market.orders", "outcome", "taken");
        for (PaperFault fault : PaperFault.values()) {
            ordersRefused.put(fault, registry.counter("peal.market.orders", "outcome", fault.wire()));
        }
        fills = registry.counter("peal.market.fills");
        events = registry.counter("peal.market.ingest.events");
        batchesApplied = registry.counter("peal.market.ingest.batches", "outcome", "applied");
        batchesRepeated = registry.counter("peal.market.ingest.batches", "outcome", "repeated");
        for (IngestFault fault : IngestFault.values()) {
            batchesRefused.put(fault, registry.counter("peal.market.ingest.batches", "outcome", fault.wire()));
        }
    }

    @Override
    public void orderTaken() {
        ordersTaken.increment();
    }

    @Override
    public void orderRefused(PaperFault why) {
        increment(ordersRefused.get(why));
    }

    @Override
    public void filled() {
        fills.increment();
    }

    @Override
    public void ingested(int count) {
        batchesApplied.increment();
        events.increment(count);
    }

    @Override
    public void ingestRepeated() {
        batchesRepeated.increment();
    }

    @Override
    public void ingestRefused(IngestFault why) {
        increment(batchesRefused.get(why));
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }
}
