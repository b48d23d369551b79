/**
 * Tools to hurt a server from outside: a TCP proxy that misbehaves, a server process that can be killed and frozen, and clients that come back and write down
 * what they did and saw.
 *
 * <p>Everything that is random comes from a seed. Everything runs on virtual threads that block; nothing here uses the server's own codec or transport.
 */
@NullMarked
package dev.peal.testkit.fault;

import org.jspecify.annotations.NullMarked;
