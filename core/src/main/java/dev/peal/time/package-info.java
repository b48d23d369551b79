/**
 * Time and threads as values: {@link dev.peal.time.Clock}, and {@link dev.peal.time.Owner}, the single thread that owns a piece of state.
 *
 * <p>Nothing here starts a thread. Everything above takes its clock and its owner as a constructor parameter, so that a test can hold both in its hand.
 */
@NullMarked
package dev.peal.time;

import org.jspecify.annotations.NullMarked;
