/**
 * Deltas as JSON, both ways: the one spelling that the server, the log and the clients share.
 */
@NullMarked
package dev.peal.ot.json;

import org.jspecify.annotations.NullMarked;
