/**
 * What tests hold in their hands: time ({@link dev.peal.testkit.ManualClock}), a thread ({@link dev.peal.testkit.ManualOwner}), waiting without sleeping
 * ({@link dev.peal.testkit.Await}), and the contract suites that every implementation of a port runs.
 *
 * <p>Nobody's main code imports it. Tests of {@code core} that need it live in this module's test tree, under the package they test.
 */
@NullMarked
package dev.peal.testkit;

import org.jspecify.annotations.NullMarked;
