/** Deltas as JSON against the shared vectors, and against any bytes. */
@NullMarked
package dev.peal.ot.json;

import org.jspecify.annotations.NullMarked;
