package dev.peal.server.fallback;

/**
 * How the server is used without a WebSocket.
 *
 * @param ticketMillis how long a ticket opens a stream; 1,000 to 30,000
 * @param waitSecondsMax how long a poll may wait; 0 to 60
 */
public record FallbackConfig(int ticketMillis, int waitSecondsMax) {
    public FallbackConfig {
        if (ticketMillis < 1_000 || ticketMillis > 30_000) {
            throw new IllegalArgumentException("ticketMillis must be 1000 to 30000, not " + ticketMillis);
        }
        if (waitSecondsMax < 0 || waitSecondsMax > 60) {
            throw new IllegalArgumentException("waitSecondsMax must be 0 to 60, not " + waitSecondsMax);
        }
    }
}
