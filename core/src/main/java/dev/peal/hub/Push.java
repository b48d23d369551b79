package dev.peal.hub;

import org.jspecify.annotations.Nullable;

/**
 * One message on its way to a room's members. Immutable; {@code data} is shared with the log and never changed.
 *
 * @param type wire type
 * @param offset its offset in the room's log, or 0 for a signal, which is not stored
 * @param data the {@code data} object as UTF-8 JSON
 * @param except the one connection that does not get it, or null
 * @param key what {@link SlowPolicy#CONFLATE} conflates by; null: never left out silently, the connection is closed instead
 */
public record Push(
        String type,
        long offset,
        byte[] data,
        @Nullable Subscriber except,
        @Nullable String key) {
    /** Bytes that wrap {@code data} on the wire, at most: type, offset, punctuation and a frame header. */
    static final int OVERHEAD_BYTES = 96;

    int weight() {
        return data.length + OVERHEAD_BYTES;
    }
}
