package dev.peal.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes JSON as UTF-8 into a buffer that grows. Reusable after {@link #reset}; owned by one thread.
 *
 * <p>Escapes what RFC 8259 (section 7) asks for and nothing else; half a surrogate pair becomes U+FFFD, so the output is always
 * valid UTF-8. Names and nesting are the caller's to get right: a mistake there is a bug and throws {@link IllegalStateException}
 * where it is cheap to see.
 */
public final class JsonWriter {
    private static final int NESTING_MAX = 64;
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    private byte[] buffer;
    private int length;
    private int depth;
    /** Bit n: a value stands already at nesting n + 1, so the next one needs a comma. */
    private long started;
    /** Bit n: nesting n + 1 is an array. */
    private long arrays;

    public JsonWriter() {
        this(512);
    }

    public JsonWriter(int initialBytes) {
        buffer = new byte[Math.max(16, initialBytes)];
    }

    /** Forgets what was written; keeps the buffer. */
    public JsonWriter reset() {
        length = 0;
        depth = 0;
        started = 0;
        arrays = 0;
        return this;
    }

    public JsonWriter object() {
        comma();
        return open('{', 0);
    }

    public JsonWriter object(String name) {
        name(name);
        return open('{', 0);
    }

    public JsonWriter array() {
        comma();
        return open('[', 1);
    }

    public JsonWriter array(String name) {
        name(name);
        return open('[', 1);
    }

    /** Ends the innermost object or array. */
    public JsonWriter end() {
        if (depth == 0) {
            throw new IllegalStateException("nothing to end");
        }
        depth--;
        boolean array = (arrays >>> depth & 1) == 1;
        put(array ? ']' : '}');
        return this;
    }

    public JsonWriter field(String name, @Nullable String value) {
        name(name);
        writeString(value);
        return this;
    }

    public JsonWriter field(String name, long value) {
        name(name);
        writeLong(value);
        return this;
    }

    public JsonWriter field(String name, boolean value) {
        name(name);
        append(value ? TRUE : FALSE);
        return this;
    }

    /** A number in the shortest form that reads back as the same double; null where it is not finite. */
    public JsonWriter field(String name, double value) {
        name(name);
        writeDouble(value);
        return this;
    }

    public JsonWriter field(String name, JsonNode value) {
        name(name);
        writeTree(value);
        return this;
    }

    public JsonWriter nullField(String name) {
        name(name);
        append(NULL);
        return this;
    }

    /** A field whose value is JSON already, in UTF-8; copied as it is. */
    public JsonWriter raw(String name, byte[] json) {
        name(name);
        append(json);
        return this;
    }

    /** An element that is JSON already. */
    public JsonWriter raw(byte[] json) {
        comma();
        append(json);
        return this;
    }

    public JsonWriter value(@Nullable String value) {
        comma();
        writeString(value);
        return this;
    }

    public JsonWriter value(long value) {
        comma();
        writeLong(value);
        return this;
    }

    public JsonWriter value(JsonNode value) {
        comma();
        writeTree(value);
        return this;
    }

    /** Bytes written since the last {@link #reset}. */
    public int length() {
        return length;
    }

    /** A copy of what was written. */
    public byte[] bytes() {
        return Arrays.copyOf(buffer, length);
    }

    /** The buffer itself; the first {@link #length} bytes count, until the next write or reset. */
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    private JsonWriter open(char bracket, int array) {
        if (depth == NESTING_MAX) {
            throw new IllegalStateException("nested deeper than " + NESTING_MAX);
        }
        put(bracket);
        started &= ~(1L << depth);
        arrays = arrays & ~(1L << depth) | (long) array << depth;
        depth++;
        return this;
    }

    private void comma() {
        if (depth == 0) {
            return;
        }
        long bit = 1L << (depth - 1);
        if ((started & bit) != 0) {
            put(',');
        }
        started |= bit;
    }

    private void name(String name) {
        comma();
        writeString(name);
        put(':');
    }

    private void put(int b) {
        ensure(1);
        buffer[length++] = (byte) b;
    }

    private void append(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(length, more), buffer.length * 2));
        }
    }

    private void writeLong(long value) {
        append(ascii(Long.toString(value)));
    }

    private void writeDouble(double value) {
        append(Double.isFinite(value) ? ascii(Double.toString(value)) : NULL);
    }

    private void writeString(@Nullable String text) {
        if (text == null) {
            append(NULL);
            return;
        }
        ensure(text.length() + 2);
        buffer[length++] = '"';
        int plain = copyPlainAscii(text);
        if (plain < text.length()) {
            writeRest(text, plain);
        }
        put('"');
    }

    /** Copies up to the first character that needs more than itself; the room for it is there. */
    private int copyPlainAscii(String text) {
        int i = 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
                break;
            }
            buffer[length++] = (byte) c;
        }
        return i;
    }

    private void writeRest(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            ensure(6);
            if (c < 0x80) {
                writeAscii(c);
            } else if (c < 0x800) {
                buffer[length++] = (byte) (0xC0 | c >> 6);
                buffer[length++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                writeThree(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                writeFour(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                append(REPLACEMENT);
            }
        }
    }

    private void writeAscii(char c) {
        int escape = shortEscape(c);
        if (escape != 0) {
            buffer[length++] = '\\';
            buffer[length++] = (byte) escape;
        } else if (c >= 0x20) {
            buffer[length++] = (byte) c;
        } else {
            append(new byte[] {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]});
        }
    }

    private static int shortEscape(char c) {
        return switch (c) {
            case '"', '\\' -> c;
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case '\b' -> 'b';
            case '\f' -> 'f';
            default -> 0;
        };
    }

    private void writeThree(int c) {
        buffer[length++] = (byte) (0xE0 | c >> 12);
        buffer[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        buffer[length++] = (byte) (0x80 | c & 0x3F);
    }

    private void writeFour(int c) {
        buffer[length++] = (byte) (0xF0 | c >> 18);
        buffer[length++] = (byte) (0x80 | c >> 12 & 0x3F);
        buffer[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        buffer[length++] = (byte) (0x80 | c & 0x3F);
    }

    private void writeTree(JsonNode node) {
        if (node.isObject()) {
            open('{', 0);
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                field(field.getKey(), field.getValue());
            }
            end();
        } else if (node.isArray()) {
            open('[', 1);
            for (JsonNode element : node) {
                value(element);
            }
            end();
        } else {
            writeScalar(node);
        }
    }

    private void writeScalar(JsonNode node) {
        if (node.isString()) {
            writeString(node.stringValue());
        } else if (node.isBoolean()) {
            append(node.booleanValue() ? TRUE : FALSE);
        } else if (node.isDouble() || node.isFloat()) {
            writeDouble(node.doubleValue());
        } else if (node.isNumber()) {
            append(ascii(node.numberValue().toString()));
        } else {
            append(NULL);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
