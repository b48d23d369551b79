/**
 * A client's side of the server: it turns text frames into messages, knows who the caller is, keeps limits, carries out what applications decide, and sends.
 *
 * <p>A {@link dev.peal.session.Session} lives on the loop of its connection and is touched by no other thread. What a message does in a room happens on the room's
 * owner ({@link dev.peal.session.Request}), which answers back to the loop. Transports implement {@link dev.peal.session.Connection}; this package knows none.
 */
@NullMarked
package dev.peal.session;

import org.jspecify.annotations.NullMarked;
