/**
 * Whole-server benchmarks: starts Peal and its peers one after another on one core, has the generator put each load on them from another, and writes what came
 * out as a table, a plot and raw JSON. It owns the child processes and ends each of them. It judges nothing but the figures: a target that is not reached is
 * reported as such, a run that failed as failed.
 */
@NullMarked
package dev.peal.bench;

import org.jspecify.annotations.NullMarked;
