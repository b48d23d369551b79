package dev.peal.server.request;

import dev.peal.app.HttpReply;
import dev.peal.transport.http.Problem;
import dev.peal.transport.http.Response;
import java.util.Map;

/** Makes responses of what applications reply. Pure. */
public final class Replies {
    private Replies() {}

    public static Response response(HttpReply reply) {
        return switch (reply) {
            case HttpReply.Json said ->
                Response.of(200, "application/json", said.json()).with("Cache-Control", "no-store");
            case HttpReply.Done done -> Response.empty(204).with("Cache-Control", "no-store");
            case HttpReply.Problem problem -> {
                long waitMillis = problem.retryAfterMillis();
                Map<String, String> headers =
                        waitMillis == 0 ? Map.of() : Map.of("Retry-After", Callers.seconds(waitMillis));
                yield new Problem(problem.status(), problem.code(), problem.detail(), headers, problem.figures())
                        .response();
            }
        };
    }
}
