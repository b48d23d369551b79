package dev.peal.transport.ws;

import dev.peal.websocket.DeflateConfig;
import dev.peal.websocket.HandshakeConfig;
import dev.peal.websocket.WebSocketLimits;

/**
 * How WebSockets are spoken.
 *
 * @param limits what a connection may send
 * @param handshake who may open one, and whether messages may be compressed
 * @param closeMillis how long a peer may take to finish a close: to answer a close frame, and then to end its half of the connection; 1 to 60,000
 */
public record WebSocketConfig(WebSocketLimits limits, HandshakeConfig handshake, int closeMillis) {
    public static final WebSocketConfig DEFAULT =
            new WebSocketConfig(WebSocketLimits.DEFAULT, HandshakeConfig.DEFAULT, 5_000);

    public WebSocketConfig {
        if (closeMillis < 1 || closeMillis > 60_000) {
            throw new IllegalArgumentException("closeMillis must be 1 to 60000, not " + closeMillis);
        }
    }

    DeflateConfig deflate() {
        return handshake.deflate();
    }
}
