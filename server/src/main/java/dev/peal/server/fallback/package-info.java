/**
 * The server without a WebSocket: event streams, polls, messages sent one by one, and the tickets that open a stream.
 *
 * <p>A request carries all that is needed to answer it. What a client may do is decided by its session, which is the same behind every transport; here a request
 * is read and its caller found out. What is wrong with it is a {@link dev.peal.transport.http.Refusal}, told as a problem before anything else is.
 */
@NullMarked
package dev.peal.server.fallback;

import org.jspecify.annotations.NullMarked;
