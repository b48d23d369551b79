package dev.peal.testkit.sse;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an event stream as a browser does (HTML standard, 9.2.6), however its bytes are cut. Not thread-safe.
 *
 * <p>Written from the standard's text alone, so that it knows nothing of how this server writes.
 */
public final class EventStreamParser {
    /** An event as a page gets it: {@code type} is {@code message} where the stream names none. */
    public record Event(String type, String data, String lastEventId) {}

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final List<Event> events = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder data = new StringBuilder();
    private byte[] undecoded = {};
    private String type = "";
    private String id = "";
    private String lastEventId = "";
    private long retryMillis = -1;
    private boolean begun;
    private boolean afterReturn;

    /** Reads the next bytes. */
    public void read(byte[] bytes, int from, int length) {
        ByteBuffer in = ByteBuffer.allocate(undecoded.length + length)
                .put(undecoded)
                .put(bytes, from, length)
                .flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, false);
        undecoded = new byte[in.remaining()];
        in.get(undecoded);
        out.flip();
        while (out.hasRemaining()) {
            take(out.get());
        }
    }

    /** The events that came since the last call. */
    public List<Event> take() {
        List<Event> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** What a reconnection would send, as of the last empty line. */
    public String lastEventId() {
        return lastEventId;
    }

    /** How long to wait before a reconnection; -1 where the stream did not say. */
    public long retryMillis() {
        return retryMillis;
    }

    private void take(char c) {
        if (!begun) {
            begun = true;
            if (c == '\uFEFF') {
                return;
            }
        }
        if (c == '\n' && afterReturn) {
            afterReturn = false;
            return;
        }
        afterReturn = c == '\r';
        if (c == '\r' || c == '\n') {
            String whole = line.toString();
            line.setLength(0);
            line(whole);
        } else {
            line.append(c);
        }
    }

    private void line(String text) {
        int colon = text.indexOf(':');
        if (text.isEmpty()) {
            dispatch();
        } else if (colon < 0) {
            field(text, "");
        } else if (colon > 0) {
            boolean space = colon + 1 < text.length() && text.charAt(colon + 1) == ' ';
            field(text.substring(0, colon), text.substring(colon + (space ? 2 : 1)));
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    id = value;
                }
            }
            case "retry" -> {
                if (value.matches("[0-9]+")) {
                    retryMillis = Long.parseLong(value);
                }
            }
            default -> {}
        }
    }

    private void dispatch() {
        lastEventId = id;
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            events.add(new Event(type.isEmpty() ? "message" : type, data.toString(), lastEventId));
        }
        data.setLength(0);
        type = "";
    }
}
