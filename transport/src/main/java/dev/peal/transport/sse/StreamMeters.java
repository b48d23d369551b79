package dev.peal.transport.sse;

/** What event streams count. Called from every loop; implementations are thread-safe and allocate nothing. */
public interface StreamMeters {
    /** Open streams changed by so many. */
    void streams(int change);

    /** Bytes were written towards a socket. */
    void streamed(int bytes);
}
