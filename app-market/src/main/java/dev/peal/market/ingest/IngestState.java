package dev.peal.market.ingest;

import java.util.HashMap;
import java.util.Map;

/**
 * Which batches were taken. A source begins with any number, since what was known of it may be lost with a restart; from then on its numbers follow each other without a
 * hole. The newest batches are remembered by a digest of their events: one that comes again has no effect, and another one under an old number is found out.
 */
public final class IngestState {
    /** What a batch is, by its number. */
    public enum Verdict {
        /** The one that is expected, or the first of a new source. */
        NEXT,
        REPEATED,
        REUSED,
        GAP,
        OUT_OF_ORDER,
        TOO_MANY_SOURCES
    }

    private final int sourcesMax;
    private final int remembered;
    private final Map<String, Source> sources = new HashMap<>();

    public IngestState(IngestLimits limits) {
        sourcesMax = limits.sourcesMax();
        remembered = limits.remembered();
    }

    /** Says what a batch is; changes nothing. */
    public Verdict look(String source, long sequence, long digest) {
        Source known = sources.get(source);
        if (known == null) {
            return sources.size() < sourcesMax ? Verdict.NEXT : Verdict.TOO_MANY_SOURCES;
        }
        if (sequence >= known.next) {
            return sequence == known.next ? Verdict.NEXT : Verdict.GAP;
        }
        if (sequence < known.first || sequence < known.next - remembered) {
            return Verdict.OUT_OF_ORDER;
        }
        return known.digests[known.place(sequence)] == digest ? Verdict.REPEATED : Verdict.REUSED;
    }

    /** A batch whose verdict is {@link Verdict#NEXT} was applied. */
    public void taken(String source, long sequence, long digest) {
        Source known = sources.computeIfAbsent(source, name -> new Source(sequence, remembered));
        known.digests[known.place(sequence)] = digest;
        known.next = sequence + 1;
    }

    /** The number that is expected next of a source; 0: any. */
    public long expected(String source) {
        Source known = sources.get(source);
        return known == null ? 0 : known.next;
    }

    private static final class Source {
        private final long first;
        private final long[] digests;
        private long next;

        private Source(long first, int remembered) {
            this.first = first;
            this.next = first;
            digests = new long[remembered];
        }

        private int place(long sequence) {
            return (int) (sequence % digests.length);
        }
    }
}
