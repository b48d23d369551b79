/**
 * A client of Peal that loses no message: it comes back by itself, resumes each room behind the last entry it has, sends again what was not acknowledged under the same
 * message id, and falls back to event streams and long-polling where there is no WebSocket.
 *
 * <p>All state belongs to the client's {@link dev.peal.client.loop.Loop}. What a program gives (listeners, subscribers, what depends on a future) runs on the client's callback
 * executor, one after the other, and never on the loop: it may block; then later callbacks wait, and the connection does not. Every method can be called by any thread.
 */
@NullMarked
package dev.peal.client;

import org.jspecify.annotations.NullMarked;
