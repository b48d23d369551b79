package dev.peal.transport.sse;

import dev.peal.transport.PeerCheck;

/**
 * How event streams are kept.
 *
 * @param heartbeatMillis how often a comment is sent, so that proxies keep the connection and a dead one is noticed; 1,000 to 600,000
 * @param closeMillis how long a client may take to take the last event; 1 to 60,000
 * @param peers how soon a client that has vanished is to be noticed
 */
public record StreamConfig(int heartbeatMillis, int closeMillis, PeerCheck peers) {
    public static final StreamConfig DEFAULT = new StreamConfig(15_000, 5_000, PeerCheck.DEFAULT);

    public StreamConfig {
        if (heartbeatMillis < 1_000 || heartbeatMillis > 600_000) {
            throw new IllegalArgumentException("heartbeatMillis must be 1000 to 600000, not " + heartbeatMillis);
        }
        if (closeMillis < 1 || closeMillis > 60_000) {
            throw new IllegalArgumentException("closeMillis must be 1 to 60000, not " + closeMillis);
        }
    }
}
