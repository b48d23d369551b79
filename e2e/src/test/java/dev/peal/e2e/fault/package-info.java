/**
 * The whole server, in a process of its own, under faults: killed, frozen, cut off, filled up, stopped, without its data. Every test ends with the history checker's
 * verdict over all that its clients did and saw.
 *
 * <p>Each class says in its comment what a run without the guard showed.
 */
@NullMarked
package dev.peal.e2e.fault;

import org.jspecify.annotations.NullMarked;
