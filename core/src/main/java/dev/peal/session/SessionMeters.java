package dev.peal.session;

import dev.peal.auth.RefusalReason;

/** What sessions count. Called from every loop; implementations are thread-safe and allocate nothing. */
public interface SessionMeters {
    /** Sessions open changed by so many. */
    void sessions(int change);

    /** A message came in. */
    void received(String type, int bytes);

    void rateLimited(String type);

    void refused(RefusalReason reason);

    /** A stored message was acknowledged, so long after it came. */
    void acknowledged(long nanos);

    /** A part of a room's log was read for replays: once for all who wanted it. */
    void replayRead();

    /** Counts nothing. */
    SessionMeters NONE = new SessionMeters() {
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

        @Override
        public void replayRead() {}
    };
}
