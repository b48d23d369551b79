/**
 * Ways of talking to a server: WebSocket, event stream with POST, long-polling. Each turns the messages of PROTOCOL.md into what its kind of connection carries, and back.
 *
 * <p>Everything here happens on the client's loop, but for the callbacks of the JDK's HTTP client, which only hand over to it. Knows nothing of rooms' histories, retries or tokens.
 */
@NullMarked
package dev.peal.client.link;

import org.jspecify.annotations.NullMarked;
