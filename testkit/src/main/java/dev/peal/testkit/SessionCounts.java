package dev.peal.testkit;

import dev.peal.auth.RefusalReason;
import dev.peal.session.SessionMeters;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how often replays read a log, and nothing else. */
final class CountedReads implements SessionMeters {
    private final AtomicLong replayReads = new AtomicLong();

    long replayReads() {
        return replayReads.get();
    }

    @Override
    public void replayRead() {
        replayReads.incrementAndGet();
    }

    @Override
    public void sessions(int change) {}

    @Override
    public void received(String type, int bytes) {}

    @Override
    public void rateLimited(String type) {}

    @Override
    public void refused(RefusalReason reason) {}

    @Override
    public void acknowledged(long nanos) {}
}
