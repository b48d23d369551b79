package dev.peal.app;

import dev.peal.protocol.JsonWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** What a route answers. A value; nobody keeps it. */
public sealed interface HttpReply {
    /** 200 with JSON in UTF-8; handed over. */
    record Json(byte[] json) implements HttpReply {}

    /** 204: it is done, and there is nothing to say. */
    record Done() implements HttpReply {}

    /**
     * It is not done: problem details (RFC 9457).
     *
     * @param status 400–599
     * @param code a stable word for programs, as {@code unknown_note}
     * @param detail one sentence for people; nothing that the client sent, nothing secret
     * @param retryAfterMillis after which time the same may succeed; 0: not said
     * @param figures further members that programs act on, such as the number that was expected
     */
    record Problem(int status, String code, String detail, long retryAfterMillis, Map<String, Long> figures)
            implements HttpReply {
        private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

        /** One without figures. */
        public Problem(int status, String code, String detail, long retryAfterMillis) {
            this(status, code, detail, retryAfterMillis, Map.of());
        }

        /** @throws IllegalArgumentException for another status, code or time */
        public Problem {
            figures = Map.copyOf(figures);
            if (status < 400 || status > 599 || !CODE.matcher(code).matches() || retryAfterMillis < 0) {
                throw new IllegalArgumentException("no problem: " + status + " " + code);
            }
        }
    }

    static HttpReply json(JsonWriter json) {
        return new Json(json.bytes());
    }

    static HttpReply problem(int status, String code, String detail) {
        return new Problem(status, code, detail, 0);
    }

    /** This reply, at once. */
    default CompletionStage<HttpReply> now() {
        return CompletableFuture.completedStage(this);
    }
}
