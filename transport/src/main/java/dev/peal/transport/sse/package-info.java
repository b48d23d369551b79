/**
 * Server-Sent Events (the Event Stream of the HTML standard, 9.2): a session's connection that goes one way.
 *
 * <p>Everything of a stream happens on its event loop; what streams of a loop share is their formats. HTTP hands the connection over once the head of the
 * response is written. Promises that what is written reads back as exactly the messages that were written, and one end for each stream, with its reason before
 * it where the socket still takes it. Never blocks; knows no room but by name.
 */
@NullMarked
package dev.peal.transport.sse;

import org.jspecify.annotations.NullMarked;
