/**
 * Clients of documents without a connection of their own, and text in which every character is known: what tests of documents share, over sessions without sockets and
 * over real ones.
 */
@NullMarked
package dev.peal.docs.client;

import org.jspecify.annotations.NullMarked;
