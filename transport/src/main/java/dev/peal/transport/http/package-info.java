/**
 * HTTP/1.1 at the edge: strict parsing, routing, static pages, and the way from a request to a WebSocket.
 *
 * <p>Everything of a connection runs on that connection's event loop; handlers must not block it and may answer later. What two readers of one request could
 * understand differently is refused and the connection closed. Nothing here knows rooms, users or tokens.
 */
@NullMarked
package dev.peal.transport.http;

import org.jspecify.annotations.NullMarked;
