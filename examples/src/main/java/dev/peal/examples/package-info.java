/** Programs that embed Peal, each small enough to be read at once. Each is run by a test. */
@NullMarked
package dev.peal.examples;

import org.jspecify.annotations.NullMarked;
