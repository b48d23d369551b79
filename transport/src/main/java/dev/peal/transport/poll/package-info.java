/**
 * Polling: a session's connection that ends with the first entries, or with nothing after a while.
 *
 * <p>A {@link dev.peal.transport.poll.Poll} belongs to the loop of the HTTP connection that asked. It gathers what its rooms send, encoded once for all polls, and
 * tells its result once. No socket and no HTTP is known here. Signals are no entries: a poll never sees one.
 */
@NullMarked
package dev.peal.transport.poll;

import org.jspecify.annotations.NullMarked;
