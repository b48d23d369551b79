package dev.peal.server.fallback;

/** What is counted here. Called from every loop; implementations are thread-safe and allocate nothing. */
public interface FallbackMeters {
    /** Polls that wait changed by so many. */
    void waitingPolls(int change);
}
