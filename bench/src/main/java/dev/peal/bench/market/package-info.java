/**
 * The market that is measured: a server whose twenty symbols change on a fixed schedule. A program of its own, started by the bench; one thread writes, the loops of the
 * server read.
 */
@NullMarked
package dev.peal.bench.market;

import org.jspecify.annotations.NullMarked;
