package dev.peal.protocol;

import org.jspecify.annotations.Nullable;

/** What a server sends on a path of flat messages beside what is the application's. All methods are pure. */
public final class FlatMessages {
    private FlatMessages() {}

    /** {@code {"type":"error","id"?,"code":…,"message":…,"retry":bool}}. */
    public static byte[] error(@Nullable RequestId id, ErrorCode code) {
        return open(id, code.wire(), code.message())
                .field("retry", code.retry())
                .end()
                .bytes();
    }

    /** {@code rate_limited}, with {@code retryAfterMs}: at least how long to wait. */
    public static byte[] rateLimited(@Nullable RequestId id, long retryAfterMs) {
        ErrorCode code = ErrorCode.RATE_LIMITED;
        return open(id, code.wire(), code.message())
                .field("retry", code.retry())
                .field("retryAfterMs", retryAfterMs)
                .end()
                .bytes();
    }

    /**
     * An error of the application's own.
     *
     * @param code a stable word for programs
     * @param message for a person
     * @param symbol what it is about, or null
     */
    public static byte[] error(@Nullable RequestId id, String code, String message, @Nullable String symbol) {
        JsonWriter out = open(id, code, message).field("retry", false);
        if (symbol != null) {
            out.field("symbol", symbol);
        }
        return out.end().bytes();
    }

    private static JsonWriter open(@Nullable RequestId id, String code, String message) {
        JsonWriter out = new JsonWriter(256).object().field("type", "error");
        if (id != null) {
            out.raw("id", id.json());
        }
        return out.field("code", code).field("message", message);
    }
}
