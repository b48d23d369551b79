package dev.peal.app;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Format;
import dev.peal.protocol.CloseReason;

/**
 * Where what is said to one connection goes. Belongs to the connection's loop; what is written goes out in the order of the calls, flushed once at the end of the loop's
 * iteration. Never blocks, never throws, and does nothing once the connection is closed.
 */
public interface Outlet {
    /** How this connection wants its frames; the same object for all connections of the loop that share it. {@link Format#frames} makes them. */
    Format format();

    /** Writes frames, without copying them. */
    void write(EncodedBatch frames);

    /** Writes one text message. */
    void write(byte[] json);

    /** Whether the socket takes too little: nothing that can wait should be written until {@link StreamClient#drained}, which follows. */
    boolean full();

    /** Ends the connection. */
    void close(CloseReason reason);
}
