/**
 * The WebSocket transport over real sockets: an echo server on the product's own handler, the Autobahn suite against it, and a client that knows how to be wrong.
 *
 * <p>Nothing here uses the codec under test for its own side of the wire: {@link dev.peal.e2e.websocket.WireClient} frames, masks and compresses by itself.
 */
@NullMarked
package dev.peal.e2e.websocket;

import org.jspecify.annotations.NullMarked;
