package dev.peal.websocket;

/**
 * What one connection may ask of the reader.
 *
 * @param frameBytesMax payload of one frame, on the wire; one more is answered 1009
 * @param messageBytesMax payload of one message, both on the wire and inflated; one more is answered 1009
 * @param fragmentsMax frames of one message, and final blocks in a compressed one; one more is answered 1008
 * @param messageMillisMax time from a message's first byte to its last; later is answered 1008
 * @param controlFramesPerSecondMax pings, pongs and closes within one second; one more is answered 1008
 */
public record WebSocketLimits(
        int frameBytesMax, int messageBytesMax, int fragmentsMax, int messageMillisMax, int controlFramesPerSecondMax) {

    /** What a server on the open internet should allow. */
    public static final WebSocketLimits DEFAULT = new WebSocketLimits(256 << 10, 1 << 20, 1_024, 30_000, 100);

    /** The largest payload that may be allowed: 1 GiB, so that doubling a buffer never overflows. */
    private static final int BYTES_MAX = 1 << 30;

    public WebSocketLimits {
        requireRange("messageBytesMax", messageBytesMax, 125, BYTES_MAX);
        requireRange("frameBytesMax", frameBytesMax, 125, messageBytesMax);
        requireRange("fragmentsMax", fragmentsMax, 1, Integer.MAX_VALUE - 1);
        requireRange("messageMillisMax", messageMillisMax, 1, Integer.MAX_VALUE);
        requireRange("controlFramesPerSecondMax", controlFramesPerSecondMax, 1, Integer.MAX_VALUE - 1);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", not " + value);
        }
    }
}
