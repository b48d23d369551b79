/**
 * The words of the wire: client messages as records, server messages as bytes, positions, error and close codes.
 *
 * <p>Owns the shape of every frame and the limits of every field; {@code /PROTOCOL.md} and the schemas of the module {@code spec} say
 * the same and tests compare them. Values are immutable; {@link dev.peal.protocol.EnvelopeReader} and
 * {@link dev.peal.protocol.JsonWriter} belong to one thread each. Never blocks, never logs, never throws for what a client sent.
 */
@NullMarked
package dev.peal.protocol;

import org.jspecify.annotations.NullMarked;
