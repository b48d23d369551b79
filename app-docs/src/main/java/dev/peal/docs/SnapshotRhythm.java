package dev.peal.docs;

/** When a document is worth a snapshot: often enough for it to open fast, not so often that a large one writes itself all the time. Owned by the document's owner. */
final class SnapshotRhythm {
    private static final int WORTH_PARTS = 10;

    private final int every;
    private final long pauseNanos;
    private long revision;
    private long beganNanos;
    private boolean began;
    private boolean underWay;

    /** @param revision of the snapshot that there is; 0 where there is none */
    SnapshotRhythm(DocsConfig config, long revision) {
        this.every = config.snapshotEvery();
        this.pauseNanos = config.snapshotPauseMillis() * 1_000_000;
        this.revision = revision;
    }

    /** Whether one is to be taken now. */
    boolean due(Text text, long nowNanos) {
        if (underWay || text.revision() - revision < every) {
            return false;
        }
        return !began
                || nowNanos - beganNanos
                        >= pauseNanos + pauseNanos * (text.marked().size() >> 20);
    }

    /** Whether one is worth it as the document leaves memory: then it opens faster the next time. */
    boolean worthIt(Text text) {
        return !underWay && text.revision() - revision >= Math.max(1, every / WORTH_PARTS);
    }

    void began(Text text, long nowNanos) {
        revision = text.revision();
        beganNanos = nowNanos;
        began = true;
        underWay = true;
    }

    void ended() {
        underWay = false;
    }
}
