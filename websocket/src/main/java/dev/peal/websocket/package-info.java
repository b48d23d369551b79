/**
 * The WebSocket codec: bytes to messages and back (RFC 6455), permessage-deflate (RFC 7692) and the opening handshake.
 *
 * <p>Owns the framing state of one connection ({@link dev.peal.websocket.MessageReader}) and the compression state of one event
 * loop ({@link dev.peal.websocket.MessageInflater}, {@link dev.peal.websocket.MessageDeflater}); each object belongs to the
 * thread of its event loop and is never shared, except the immutable records and {@link dev.peal.websocket.CompressionPermits}.
 *
 * <p>Promises that whatever bytes arrive, in whatever pieces, the same events come out; that the first violation is the last
 * event; and that memory follows the bytes received, never the lengths declared. Never throws for what a peer sent, never reads
 * a socket, a clock or a configuration by itself, and knows no room and no session.
 */
@NullMarked
package dev.peal.websocket;

import org.jspecify.annotations.NullMarked;
