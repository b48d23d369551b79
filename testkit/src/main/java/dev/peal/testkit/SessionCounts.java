package dev.peal.testkit;

import dev.peal.auth.RefusalReason;
import dev.peal.session.SessionMeters;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how often replays read a log, and the sessions that are open. */
final class SessionCounts implements SessionMeters {
    private final AtomicLong replayReads = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();

    long replayReads() {
        return replayReads.get();
    }

    @Override
    public void replayRead() {
        replayReads.incrementAndGet();
    }

    long sessions() {
        return sessions.get();
    }

    @Override
    public void sessions(int change) {
        sessions.addAndGet(change);
    }

    @Override
    public void received(String type, int bytes) {}

    @Override
    public void rateLimited(String type) {}

    @Override
    public void refused(RefusalReason reason) {}

    @Override
    public void acknowledged(long nanos) {}
}
