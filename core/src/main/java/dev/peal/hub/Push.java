package dev.peal.hub;

import org.jspecify.annotations.Nullable;

/**
 * One message on its way to a room's members. Immutable; {@code data} is shared with the log and never changed.
 *
 * @param type wire type
 * @param origin which history it belongs to; null for a signal, which is not stored
 * @param offset its offset there, or 0 for a signal
 * @param data the {@code data} object as UTF-8 JSON
 * @param except the one connection that does not get it, or null
 * @param key what {@link SlowPolicy#CONFLATE} conflates by; null: never left out silently, the connection is closed instead
 */
public record Push(
        String type,
        @Nullable Origin origin,
        long offset,
        byte[] data,
        @Nullable Subscriber except,
        @Nullable String key) {
    /** Bytes that wrap {@code data} on the wire, at most: type, offset, punctuation and a frame header. */
    static final int OVERHEAD_BYTES = 96;

    /** Something that is not stored. */
    public static Push signal(String type, byte[] data, @Nullable Subscriber except) {
        return new Push(type, null, 0, data, except, null);
    }

    /** A stored entry, for everybody. */
    public static Push entry(Origin origin, String type, long offset, byte[] data) {
        return new Push(type, origin, offset, data, null, null);
    }

    int weight() {
        return data.length + OVERHEAD_BYTES;
    }
}
