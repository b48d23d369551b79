/**
 * The whole server, in a process of its own, under faults: killed, frozen, cut off, filled up, stopped, without its data. Wherever clients publish, the history checker
 * has the last word over all that they did and saw.
 */
@NullMarked
package dev.peal.e2e.fault;

import org.jspecify.annotations.NullMarked;
