package dev.peal.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The {@code id} by which a client knows a reply: a string or an integer, echoed as what it was. */
public final class RequestId {
    public static final int LENGTH_MAX = 64;

    private final byte[] json;

    private RequestId(byte[] json) {
        this.json = json;
    }

    /** An id of 1 to {@value #LENGTH_MAX} code points; empty for another length. */
    public static Optional<RequestId> of(String text) {
        if (!Text.lengthWithin(text, 1, LENGTH_MAX)) {
            return Optional.empty();
        }
        JsonWriter writer = new JsonWriter(text.length() + 16);
        return Optional.of(new RequestId(writer.value(text).bytes()));
    }

    /** An integer id from -(2^53-1) to 2^53-1; empty outside, where JavaScript would lose digits. */
    public static Optional<RequestId> of(long number) {
        if (Math.abs(number) > Position.OFFSET_MAX || number == Long.MIN_VALUE) {
            return Optional.empty();
        }
        return Optional.of(new RequestId(Long.toString(number).getBytes(StandardCharsets.US_ASCII)));
    }

    /** Whether it came as a string, not as an integer. */
    public boolean isText() {
        return json[0] == '"';
    }

    /** The id as JSON, in UTF-8. Not a copy: to be read only. */
    byte[] json() {
        return json;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestId that && Arrays.equals(json, that.json);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(json);
    }

    /** The id as JSON: with quotes where it is a string. */
    @Override
    public String toString() {
        return new String(json, StandardCharsets.UTF_8);
    }
}
