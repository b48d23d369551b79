package dev.peal.market.ingest;

import java.util.List;

/**
 * Events that belong together.
 *
 * @param source who counts: 1 to 64 characters
 * @param sequence 1 more than that of the source's batch before
 */
public record IngestBatch(String source, long sequence, List<IngestEvent> events) {
    public IngestBatch {
        events = List.copyOf(events);
    }
}
