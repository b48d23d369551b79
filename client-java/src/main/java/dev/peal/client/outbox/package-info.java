/**
 * Where messages wait until they are acknowledged: in memory, or in a file that survives the end of the program.
 *
 * <p>Owned by the client's loop, which an outbox answers by; a file is written on a thread of its own. Knows nothing of rooms' states and connections.
 */
@NullMarked
package dev.peal.client.outbox;

import org.jspecify.annotations.NullMarked;
