package dev.peal.market.wire;

import dev.peal.market.book.Digits;
import dev.peal.market.book.Step;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, and are used again after {@link #clear}. Belongs to one thread. */
public final class WireBuffer {
    private static final int NUMBER_BYTES_MAX = Step.BYTES_MAX;

    private byte[] bytes;
    private int length;

    public WireBuffer() {
        this(1_024);
    }

    public WireBuffer(int initialBytes) {
        bytes = new byte[Math.max(64, initialBytes)];
    }

    /** Forgets what was written; keeps the memory. */
    public WireBuffer clear() {
        length = 0;
        return this;
    }

    /** How many bytes were written. */
    public int length() {
        return length;
    }

    /** The buffer itself; the first {@link #length} bytes count, until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** What was written, as text. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    WireBuffer put(byte[] more) {
        ensure(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    WireBuffer put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** Text that has only ASCII characters, none that JSON would escape. */
    WireBuffer ascii(String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += text.length();
        return this;
    }

    WireBuffer number(long value) {
        ensure(NUMBER_BYTES_MAX);
        length = Digits.write(value, bytes, length);
        return this;
    }

    /** A count of steps as its exact decimal. */
    WireBuffer decimal(Step step, long count) {
        ensure(NUMBER_BYTES_MAX);
        length = step.write(count, bytes, length);
        return this;
    }

    /** Takes up room for bytes that are then set by their place; returns where they begin. What stands there is not cleared. */
    int reserve(int more) {
        ensure(more);
        int at = length;
        length += more;
        return at;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
        }
    }
}
