/**
 * WebSocket on Netty: one handler per connection, between the codec and whoever receives the messages.
 *
 * <p>The seam to HTTP: {@link dev.peal.transport.ws.WebSockets#answer} judges an upgrade request and, where it accepts, gives the headers of the 101 and the one
 * handler that then has the connection; the HTTP side writes the 101, removes its own handlers, adds this one and forgets the connection.
 *
 * <p>Everything of a connection happens on its event loop; what connections of a loop share is a {@link dev.peal.transport.ws.WebSocketLoop}. Promises a close
 * frame on the wire before FIN for every end that is not the network's, one {@code gone} per receiver, and that no peer holds a connection open by refusing to
 * finish. Never blocks, never starts a timer per connection, knows no room.
 */
@NullMarked
package dev.peal.transport.ws;

import org.jspecify.annotations.NullMarked;
