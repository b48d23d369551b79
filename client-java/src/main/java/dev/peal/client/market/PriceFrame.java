package dev.peal.client.market;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a frame of {@code binary=1} says.
 *
 * @param price the float32 nearest to the price: exact to about seven digits
 * @param lots of the last trade; 2^32 - 1 also for more
 */
public record PriceFrame(long symbolId, float price, long lots) {
    private static final int BYTES = 12;

    /** Empty where it is no such frame. */
    public static Optional<PriceFrame> read(byte[] bytes) {
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        return Optional.of(
                new PriceFrame(frame.getInt(0) & 0xFFFF_FFFFL, frame.getFloat(4), frame.getInt(8) & 0xFFFF_FFFFL));
    }
}
