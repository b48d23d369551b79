package dev.peal.transport.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole response. Length, date, connection and security headers are added where it is written.
 *
 * @param status the HTTP status
 * @param headers headers by name, in order
 * @param body the bytes; not copied, not to be changed afterwards
 */
public record Response(int status, Map<String, String> headers, byte[] body) implements HttpAnswer {
    private static final byte[] EMPTY = new byte[0];

    /** A response with a body of the given media type. */
    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, Map.of("Content-Type", contentType), body);
    }

    /** A JSON response that nobody keeps. */
    public static Response json(int status, String json) {
        return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }

    /** A response without a body. */
    public static Response empty(int status) {
        return new Response(status, Map.of(), EMPTY);
    }

    @Override
    public Response with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }

    /** The same without its body: for 304. */
    public Response bodiless(int newStatus) {
        return new Response(newStatus, headers, EMPTY);
    }
}
