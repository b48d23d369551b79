package dev.peal.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Turns a {@link Response} into Netty's, with what every response of this server carries. Pure but for the date. */
final class ResponseWriter {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    private ResponseWriter() {}

    /**
     * Builds the message.
     *
     * @param headOnly whether the body is left out, its length still told: HEAD
     * @param close whether the connection ends after it
     * @param tlsAlways whether browsers are to come with TLS alone from now on (RFC 6797)
     */
    static FullHttpResponse message(Response response, boolean headOnly, boolean close, boolean tlsAlways) {
        ByteBuf body = headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body());
        FullHttpResponse message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                body,
                DefaultHttpHeadersFactory.headersFactory(),
                DefaultHttpHeadersFactory.trailersFactory());
        HttpHeaders headers = message.headers();
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            headers.set(header.getKey(), header.getValue());
        }
        if (response.status() != 304) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        common(headers, tlsAlways);
        if (close) {
            headers.set(HttpHeaderNames.CONNECTION, "close");
        }
        return message;
    }

    /** Builds the head of a response that ends with its connection. */
    static HttpResponse head(OpenResponse open, boolean tlsAlways) {
        HttpResponse message = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        open.headers().forEach(message.headers()::set);
        common(message.headers(), tlsAlways);
        message.headers().set(HttpHeaderNames.CONNECTION, "close");
        return message;
    }

    private static void common(HttpHeaders headers, boolean tlsAlways) {
        headers.set(HttpHeaderNames.DATE, HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (tlsAlways) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
