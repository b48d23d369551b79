package dev.peal.transport.sse;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes the text of an event stream. A field ends at its line's end, so a line break within data begins another {@code data} field, which the reader joins by a
 * line feed: in JSON, where a break can only stand between tokens, that says the same. Pure.
 */
final class EventText {
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] ID = ascii("id: ");
    private static final byte[] EVENT = ascii("event: ");

    private EventText() {}

    /** A message as a {@code data} field, or several. */
    static void data(ByteBuf out, byte[] json, int length) {
        out.writeBytes(DATA);
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (json[i] != '\n' && json[i] != '\r') {
                continue;
            }
            out.writeBytes(json, from, i - from).writeByte('\n').writeBytes(DATA);
            if (json[i] == '\r' && i + 1 < length && json[i + 1] == '\n') {
                i++;
            }
            from = i + 1;
        }
        out.writeBytes(json, from, length - from).writeByte('\n');
    }

    /** The {@code id} field. */
    static void id(ByteBuf out, CharSequence id) {
        out.writeBytes(ID);
        out.writeCharSequence(id, StandardCharsets.UTF_8);
        out.writeByte('\n');
    }

    /** The {@code event} field; left out for a type that would not stay in its line. */
    static void event(ByteBuf out, String type) {
        if (type.indexOf('\n') < 0 && type.indexOf('\r') < 0) {
            out.writeBytes(EVENT);
            out.writeCharSequence(type, StandardCharsets.UTF_8);
            out.writeByte('\n');
        }
    }

    /** The empty line that ends an event. */
    static void end(ByteBuf out) {
        out.writeByte('\n');
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
