/**
 * The one thread that owns a client's state, with its clock and its timers; and one that a program or a test can bring along.
 *
 * <p>Nothing here knows what runs on it.
 */
@NullMarked
package dev.peal.client.loop;

import org.jspecify.annotations.NullMarked;
