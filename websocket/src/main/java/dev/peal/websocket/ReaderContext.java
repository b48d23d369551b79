package dev.peal.websocket;

import io.netty.buffer.ByteBufAllocator;
import java.util.function.LongSupplier;

/**
 * What the readers of one event loop share.
 *
 * @param limits what each connection may ask
 * @param maskedPeer true on a server, whose peers must mask; false on a client, whose peer must not (RFC 6455, section 5.1)
 * @param inflater the loop's own
 * @param allocator for unfinished and for inflated messages
 * @param nanoTime a monotonic clock in nanoseconds
 */
public record ReaderContext(
        WebSocketLimits limits,
        boolean maskedPeer,
        MessageInflater inflater,
        ByteBufAllocator allocator,
        LongSupplier nanoTime) {}
