package dev.peal.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a kind of load does with what arrives. Called on the generator's thread, inside a read; what it appends is flushed after the read. */
interface FrameHandler {

    /** The connection has said all that its setup says and has had every answer. */
    default void ready(Connection connection) throws IOException {}

    /**
     * A text frame on a ready connection.
     *
     * @param at where the text starts in {@code buffer}, valid only during the call
     * @param length of the text in bytes
     * @param deflated whether RSV1 is set (RFC 7692)
     */
    void text(Connection connection, ByteBuffer buffer, int at, int length, boolean deflated) throws IOException;

    /** A binary frame on a ready connection; as {@link #text}. */
    default void binary(Connection connection, ByteBuffer buffer, int at, int length, boolean deflated)
            throws IOException {}

    /** The server closed the connection, or it broke. */
    default void closed(Connection connection) throws IOException {}
}
