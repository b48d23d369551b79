package dev.peal.client.link;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads {@code text/event-stream} (WHATWG HTML, section 9.2.6) however it is cut. Owned by one thread.
 *
 * <p>A line end is CR, LF or both; a byte order mark at the start is dropped; an event that the stream's end cuts off is none. An event's data beyond {@code bytesMax} ends
 * the reading.
 */
final class SseParser {
    private static final int BOM = 0xFEFF;

    /**
     * One event.
     *
     * @param type {@code message} where the stream names none
     * @param lastEventId that of this event, or of the last one before that had any
     */
    record Event(String type, String data, String lastEventId) {}

    private final int bytesMax;
    private final Consumer<Event> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String idSoFar = "";
    private String lastEventId = "";
    private boolean first = true;
    private boolean skipLineFeed;
    private boolean hasData;

    SseParser(int bytesMax, Consumer<Event> events) {
        this.bytesMax = bytesMax;
        this.events = events;
    }

    /** The last id that an event, or a block of nothing but an id, has set. */
    String lastEventId() {
        return lastEventId;
    }

    /** Whether the stream is within its limits; nothing is read behind a false. */
    boolean take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n' && skipLineFeed) {
                skipLineFeed = false;
                continue;
            }
            skipLineFeed = b == '\r';
            if (b == '\n' || b == '\r') {
                endLine();
            } else {
                line.write(b);
                if (line.size() + data.length() > bytesMax) {
                    return false;
                }
            }
        }
        return true;
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (first) {
            first = false;
            if (!text.isEmpty() && text.charAt(0) == BOM) {
                text = text.substring(1);
            }
        }
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            return; // a comment
        }
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        field(name, value.startsWith(" ") ? value.substring(1) : value);
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> {
                if (hasData) {
                    data.append('\n');
                }
                data.append(value);
                hasData = true;
            }
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    idSoFar = value;
                }
            }
            default -> {} // retry, which a client with a back-off of its own does not follow, and what nobody knows
        }
    }

    private void dispatch() {
        lastEventId = idSoFar;
        if (hasData) {
            events.accept(new Event(type.isEmpty() ? "message" : type, data.toString(), lastEventId));
        }
        data.setLength(0);
        hasData = false;
        type = "";
    }
}
