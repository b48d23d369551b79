package dev.peal.websocket;

/**
 * How permessage-deflate (RFC 7692) is offered and used.
 *
 * @param enabled false: every offer is declined
 * @param thresholdBytes a shorter message is sent plain
 * @param level 1 (fast) to 9 (small), zlib's compression level
 * @param memoryLevel 1 to 9, zlib's memory level: a deflater's hash table has 2^(level + 7) entries
 * @param serverWindowBitsMax largest window that the server compresses with, 9 to 15 (8 is granted to a client that asks)
 * @param clientWindowBitsMax largest window asked of a client that lets the server choose, 8 to 15
 * @param concurrentMax compressions running at once in the whole process; what comes while all are taken is sent plain
 */
public record DeflateConfig(
        boolean enabled,
        int thresholdBytes,
        int level,
        int memoryLevel,
        int serverWindowBitsMax,
        int clientWindowBitsMax,
        int concurrentMax) {

    public static final DeflateConfig DEFAULT = new DeflateConfig(true, 1_024, 3, 7, 15, 15, 10);
    public static final DeflateConfig DISABLED = new DeflateConfig(false, 1_024, 3, 7, 15, 15, 10);

    public DeflateConfig {
        requireRange("thresholdBytes", thresholdBytes, 0, Integer.MAX_VALUE);
        requireRange("level", level, 1, 9);
        requireRange("memoryLevel", memoryLevel, 1, 9);
        requireRange("serverWindowBitsMax", serverWindowBitsMax, 9, 15);
        requireRange("clientWindowBitsMax", clientWindowBitsMax, 8, 15);
        requireRange("concurrentMax", concurrentMax, 1, 1_024);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", not " + value);
        }
    }
}
