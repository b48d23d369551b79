package dev.peal.session;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.log.RoomKey;
import dev.peal.protocol.CloseReason;
import dev.peal.protocol.Position;
import dev.peal.protocol.Recovery;

/**
 * One client's transport, as its session sees it: where bytes go. Implemented by each transport. All methods are called on the connection's loop, keep the order
 * of the calls on the wire, never block, never throw, never call back into the session, and do nothing once the connection is closed.
 */
public interface Connection {
    /**
     * With more than this pending a connection is full; its session is told by {@link Session#drained} when less than half is left. A session that waits for that
     * must not have begun to wait with less: nothing would ever tell it.
     */
    int FULL_BYTES = 64 << 10;

    /** How this connection wants its bytes; fixed for its life. */
    Format format();

    /** Writes the pushes {@code from} to {@code to} (exclusive) of a batch, without copying them. Not flushed. */
    void write(EncodedBatch batch, int from, int to);

    /** Writes one message: a JSON object in UTF-8. Not flushed; the array is not kept. */
    void write(byte[] json);

    /** Gives what was written to the socket. */
    void flush();

    /** Bytes written and not yet taken by the socket. */
    long pendingBytes();

    /** Sends the transport's own heartbeat, flushed. */
    void ping();

    /** How often {@link #ping} is called where nobody answers it; 0: as configured, and the client must. */
    default int unansweredPingMillis() {
        return 0;
    }

    /** A room's stored entries come from behind {@code from} on; said before the first of them, and again when the room is joined again. */
    default void follows(RoomKey room, Position from, Position newest, Recovery recovery) {}

    /** Nothing more comes from a room. */
    default void leaves(RoomKey room) {}

    /** Stops or resumes reading, so that a client that sends without reading is held back by TCP. */
    void reading(boolean on);

    /** Sends what was written, says why, and ends the connection; what comes in is ignored from now on. */
    void close(CloseReason reason);

    /** Ends the connection without a word: nobody is listening. */
    void terminate();
}
