/** Event streams from the reader's side: a parser that does what the HTML standard says, and a client that reads with it. */
@NullMarked
package dev.peal.testkit.sse;

import org.jspecify.annotations.NullMarked;
