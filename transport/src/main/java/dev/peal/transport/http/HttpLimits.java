package dev.peal.transport.http;

/**
 * What one HTTP client may use.
 *
 * @param headerCount header lines of a request
 * @param headerBytes bytes of the request line and all header lines together
 * @param bodyBytes bytes of a request's body
 * @param requestMillis time for a connection's first head, for each body, and for the TLS handshake
 * @param idleMillis time for the next head on a kept connection, and for a response to be taken
 * @param connections connections of all kinds at once; the next is answered 503
 */
public record HttpLimits(
        int headerCount, int headerBytes, int bodyBytes, long requestMillis, long idleMillis, int connections) {
    /** The shipped limits. */
    public static final HttpLimits DEFAULT = new HttpLimits(100, 8 * 1024, 64 * 1024, 10_000, 15_000, 100_000);

    public HttpLimits {
        if (headerCount < 1 || headerBytes < 256 || bodyBytes < 0 || connections < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (requestMillis < 1 || idleMillis < 1) {
            throw new IllegalArgumentException("times must be positive");
        }
    }
}
