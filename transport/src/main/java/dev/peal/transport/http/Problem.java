package dev.peal.transport.http;

import dev.peal.protocol.JsonWriter;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.TreeMap;

/**
 * A refusal, as the client sees it: problem details of RFC 9457 without a type of its own.
 *
 * @param status the HTTP status
 * @param reason a stable word for metrics: {@code bad_request}, {@code foreign_origin}
 * @param detail one sentence for a person; never an exception's text, never anything that the client sent
 * @param headers further response headers, such as {@code Allow}
 * @param figures further members of the body (RFC 9457, section 3.2), in alphabetical order
 */
public record Problem(
        int status, String reason, String detail, Map<String, String> headers, Map<String, Long> figures) {
    /** The media type of the body. */
    public static final String CONTENT_TYPE = "application/problem+json";

    public Problem {
        headers = Map.copyOf(headers);
        figures = Map.copyOf(figures);
    }

    /** A problem without figures. */
    public Problem(int status, String reason, String detail, Map<String, String> headers) {
        this(status, reason, detail, headers, Map.of());
    }

    /** A problem without further headers. */
    public static Problem of(int status, String reason, String detail) {
        return new Problem(status, reason, detail, Map.of());
    }

    static Problem bad(String detail) {
        return of(400, "bad_request", detail);
    }

    /** This problem as a response. */
    public Response response() {
        String title = HttpResponseStatus.valueOf(status).reasonPhrase();
        JsonWriter json = new JsonWriter(160)
                .object()
                .field("title", title)
                .field("status", status)
                .field("code", reason)
                .field("detail", detail);
        new TreeMap<>(figures).forEach(json::field);
        Response plain = Response.of(status, CONTENT_TYPE, json.end().bytes());
        Response response = plain.with("Cache-Control", "no-store");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }
}
