/**
 * A server for other programs' tests: JUnit 5 starts one on a free port for a test class and gives its tests its address and connected clients.
 *
 * <p>Each test class has a server of its own, with an empty data folder; each client is closed after its test.
 */
@NullMarked
package dev.peal.junit;

import org.jspecify.annotations.NullMarked;
