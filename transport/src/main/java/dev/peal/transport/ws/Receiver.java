package dev.peal.transport.ws;

import io.netty.buffer.ByteBuf;

/**
 * What one connection's messages go to. All methods are called on the connection's event loop; a buffer is lent for the length of the call. {@link #gone} is
 * called exactly once and last, whoever ended the connection.
 */
public interface Receiver {
    /** A text message: valid UTF-8. */
    void text(ByteBuf payload);

    void binary(ByteBuf payload);

    /** Something that is no message came: a ping, a pong, a part of a message. */
    void alive();

    /** The socket has taken most of what was pending. */
    void drained();

    /** The connection ends in a way after which the peer stays away: it closed with 1000, 1001 or no code, or broke the protocol. {@link #gone} follows. */
    default void goodbye() {}

    /** Nothing more can be received or sent. */
    void gone();

    /** Takes no notice of anything. */
    Receiver NONE = new Receiver() {
        @Override
        public void text(ByteBuf payload) {}

        @Override
        public void binary(ByteBuf payload) {}

        @Override
        public void alive() {}

        @Override
        public void drained() {}

        @Override
        public void gone() {}
    };
}
