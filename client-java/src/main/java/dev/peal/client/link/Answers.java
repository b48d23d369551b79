package dev.peal.client.link;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What an HTTP answer other than the one hoped for means for a link. Only problem details speak for Peal: a page of HTML is somebody else's, whatever its status. Pure.
 */
final class Answers {
    static final String PROBLEM = "application/problem+json";

    private static final int SECOND_MILLIS = 1_000;
    private static final int DIGITS_MAX = 9;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;

    private Answers() {}

    static LinkEnd notWebSocket(HttpResponse<?> response) {
        return end(
                response.statusCode(),
                type(response),
                response.headers().firstValue("Retry-After").orElse(""));
    }

    /** A link whose opening was answered so has ended. */
    static LinkEnd end(int status, String contentType, String retryAfter) {
        boolean peal = contentType.startsWith(PROBLEM);
        if (peal && status == 401) {
            return new LinkEnd(
                    LinkEnd.TOKEN_EXPIRED, "not authenticated", OptionalLong.empty(), LinkEnd.Progress.OPENED);
        }
        if (peal && (status == 400 || status == 403)) {
            return new LinkEnd(
                    LinkEnd.FORBIDDEN, "refused with " + status, OptionalLong.empty(), LinkEnd.Progress.OPENED);
        }
        boolean later = status == TOO_MANY || status >= SERVER_ERROR || peal;
        return new LinkEnd(
                LinkEnd.ABNORMAL,
                "answered with " + status,
                retryAfterMillis(retryAfter),
                later ? LinkEnd.Progress.UNREACHED : LinkEnd.Progress.REFUSED);
    }

    /** Seconds, as Peal says it; a date or nonsense is as good as nothing. */
    static OptionalLong retryAfterMillis(String header) {
        boolean digits = !header.isEmpty()
                && header.length() <= DIGITS_MAX
                && header.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalLong.of(Long.parseLong(header) * SECOND_MILLIS) : OptionalLong.empty();
    }

    static String type(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    }
}
