/**
 * Real editing histories, for tests and benchmarks of collaborative text; see {@code README.md} beside the files for whose they are.
 */
@NullMarked
package dev.peal.testkit.trace;

import org.jspecify.annotations.NullMarked;
