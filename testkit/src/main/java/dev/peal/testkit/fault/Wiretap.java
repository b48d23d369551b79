package dev.peal.testkit.fault;

/**
 * Hears every text message that a {@link Wire} sends or receives; found as a service. Called on the threads that talk, at once for many: thread-safe, quick,
 * never throws.
 */
public interface Wiretap {
    /** A client said this. */
    void sent(String json);

    /** A server said this. */
    void received(String json);
}
