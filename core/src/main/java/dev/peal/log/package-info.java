/**
 * The log port: each room's entries, in order, under offsets 1, 2, 3, … without holes.
 *
 * <p>{@link dev.peal.log.RoomLog} is implemented by {@link dev.peal.log.MemoryLog} here and by the engines above; one contract suite runs against each.
 * Live delivery, history, recovery and clustering all stand on it. A log knows no socket, session or application.
 */
@NullMarked
package dev.peal.log;

import org.jspecify.annotations.NullMarked;
