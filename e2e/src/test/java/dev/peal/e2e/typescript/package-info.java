/** The TypeScript library, in Node, against the real server: its transports, and whole clients over a network that misbehaves. */
@NullMarked
package dev.peal.e2e.typescript;

import org.jspecify.annotations.NullMarked;
