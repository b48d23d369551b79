/**
 * Recorded trades, played again: a CSV file read whole, checked line by line, and given out as time passes, at 1 to 1,000 times its own pace.
 *
 * <p>Reading blocks and belongs to start-up; {@link dev.peal.market.replay.Replay} only compares times that it is told, and belongs to one thread. Every symbol's
 * recording begins at the same moment, whenever it was made.
 */
@NullMarked
package dev.peal.market.replay;

import org.jspecify.annotations.NullMarked;
