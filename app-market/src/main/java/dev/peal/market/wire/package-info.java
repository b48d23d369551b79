/**
 * The bytes of {@code /stream}: flat JSON messages, the 12-byte price frame and the frames of 48-byte records, written and read (README.md says them to the byte).
 *
 * <p>Values in, bytes out: nothing here knows who gets them. What is sent often is written without allocating, into a {@link dev.peal.market.wire.WireBuffer} that its
 * owner uses again. What a client sends is read into a {@link dev.peal.market.wire.MarketAction} or into the reason why it is none, never thrown.
 */
@NullMarked
package dev.peal.market.wire;

import org.jspecify.annotations.NullMarked;
