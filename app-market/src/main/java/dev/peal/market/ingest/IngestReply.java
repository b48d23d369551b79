package dev.peal.market.ingest;

import java.util.OptionalInt;

/** What became of a batch. */
public sealed interface IngestReply {
    /** All of it was applied. */
    record Applied(long sequence) implements IngestReply {}

    /** It was applied when it came the first time; now it changed nothing. */
    record Repeated(long sequence) implements IngestReply {}

    /**
     * Nothing of it was applied.
     *
     * @param event which event is at fault, from 0
     * @param expected the number that the source's next batch must have; 0: any, none was taken yet
     */
    record Refused(IngestFault fault, OptionalInt event, long expected) implements IngestReply {}
}
