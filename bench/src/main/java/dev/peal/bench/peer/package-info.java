/**
 * Peers: a broadcast room and an echo on each of three published Java servers, written as their documentation recommends and with their fast settings, which
 * each class names. They speak the part of Peal's protocol that the load generator uses, keep nothing and check nothing; what they leave out is in their favour.
 */
@NullMarked
package dev.peal.bench.peer;

import org.jspecify.annotations.NullMarked;
