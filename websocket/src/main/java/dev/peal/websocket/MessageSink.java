package dev.peal.websocket;

import io.netty.buffer.ByteBuf;

/**
 * What a {@link MessageReader} found, in the order of arrival.
 *
 * <p>A buffer is lent for the length of the call: its readable bytes are the payload, unmasked and inflated. To keep it take a
 * {@code retainedSlice()} or copy it; never release it. A sink must not throw, and may call {@link MessageReader#close()}, after
 * which nothing more comes.
 */
public interface MessageSink {
    /** A whole text message: valid UTF-8. */
    void text(ByteBuf payload);

    /** A whole binary message. */
    void binary(ByteBuf payload);

    /** A ping, to be answered by a pong with the same payload of 0 to 125 bytes (RFC 6455, section 5.5.2). */
    void ping(ByteBuf payload);

    /** A pong, asked for or not. */
    void pong(ByteBuf payload);

    /**
     * The peer's close frame, the last event.
     *
     * @param code the peer's status code, or {@link CloseStatus#NO_STATUS}
     * @param reason at most 123 bytes of valid UTF-8
     */
    void close(int code, String reason);

    /**
     * The peer broke the protocol or a limit, the last event: answer with a close frame and end the connection.
     *
     * @param code the status code to send
     * @param reason stable text that may be sent, logged and counted: ASCII, at most 123 bytes, nothing of the peer's in it
     */
    void violation(int code, String reason);
}
