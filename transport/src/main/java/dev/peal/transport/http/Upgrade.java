package dev.peal.transport.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.util.Map;

/**
 * The way from a request to a WebSocket, implemented by {@link WebSocketUpgrade}.
 *
 * <p>By then the head passed {@link StrictHead}, its Host is ours, its Origin allowed and the client's address known. What remains is the handshake itself
 * (RFC 6455 4.2).
 */
@FunctionalInterface
public interface Upgrade {
    /**
     * Judges the handshake. Called on the connection's event loop; must not block or throw.
     *
     * @param request a GET for one of the WebSocket paths; for anything wrong with it the answer is a refusal
     * @param loop the connection's event loop
     */
    Answer judge(Request request, EventLoop loop);

    /** What becomes of the connection. */
    sealed interface Answer {
        /**
         * 101 with these headers; then every HTTP handler is gone and this one, the only one, has the connection and all bytes that came after the request.
         * Its {@code handlerAdded} is called after the 101 was written.
         */
        record Accepted(Map<String, String> headers, ChannelHandler handler) implements Answer {}

        /** An HTTP answer; the connection is closed after it. */
        record Refused(Problem problem) implements Answer {}
    }
}
