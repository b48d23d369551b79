package dev.peal.market.ingest;

/**
 * How much is taken.
 *
 * @param sourcesMax sources whose numbers are remembered, until the server stops
 * @param remembered the newest batches of each source whose repetition is recognised
 * @param eventsMax events of one batch
 * @param levelsMax levels of each side of a book
 * @param aheadMillisMax how far a time may be ahead of the server's clock
 */
public record IngestLimits(int sourcesMax, int remembered, int eventsMax, int levelsMax, long aheadMillisMax) {
    public static final IngestLimits DEFAULT = new IngestLimits(100, 1_024, 1_000, 5_000, 60_000);

    public IngestLimits {
        if (sourcesMax < 1 || remembered < 1 || eventsMax < 1 || levelsMax < 1 || aheadMillisMax < 0) {
            throw new IllegalArgumentException("limits of ingest are positive");
        }
    }
}
