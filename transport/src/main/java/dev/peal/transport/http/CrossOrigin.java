package dev.peal.transport.http;

import dev.peal.websocket.SiteRules;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets pages of the allowed origins read a route's answers with {@code fetch} (the CORS protocol of the Fetch standard). Never with credentials, never with a
 * wildcard. Pages of other origins are refused, although without these headers they could not read the answer: it may be an event stream, which by being open
 * alone is somebody in a room. Thread-safe.
 *
 * @param site whose pages may
 * @param methods what a preflight is told, as {@code POST}
 * @param handler answers
 */
record CrossOrigin(SiteRules site, String methods, HttpHandler handler) implements HttpHandler {
    private static final String HEADERS = "Authorization, Content-Type, Last-Event-ID, Peal-Session, Peal-User";
    private static final String EXPOSED =
            "Peal-Position, Peal-Recovered, Peal-Reason, Peal-Oldest, Peal-More, Retry-After, ETag";
    private static final String PREFLIGHT_SECONDS = "600";

    @Override
    public CompletionStage<HttpAnswer> handle(Request request) {
        if (request.header("Origin").isPresent() && origin(request).isEmpty()) {
            Response refused = Problem.of(
                            403,
                            "foreign_origin",
                            "Pages of that origin may not use this server; see http.allowedOrigins.")
                    .response();
            return CompletableFuture.completedStage(refused.with("Vary", "Origin"));
        }
        return handler.handle(request).thenApply(answer -> answered(request, answer));
    }

    /** Answers {@code OPTIONS}: the question that a browser asks before such a request. */
    HttpHandler preflight() {
        return request -> {
            Response response = Response.empty(204).with("Allow", methods + ", OPTIONS");
            if (origin(request).isPresent()) {
                response = response.with("Access-Control-Allow-Methods", methods)
                        .with("Access-Control-Allow-Headers", HEADERS)
                        .with("Access-Control-Max-Age", PREFLIGHT_SECONDS);
            }
            return CompletableFuture.completedStage(answered(request, response));
        };
    }

    private HttpAnswer answered(Request request, HttpAnswer answer) {
        HttpAnswer varied = answer.with("Vary", "Origin");
        return origin(request)
                .map(origin -> varied.with("Access-Control-Allow-Origin", origin)
                        .with("Access-Control-Expose-Headers", EXPOSED))
                .orElse(varied);
    }

    private Optional<String> origin(Request request) {
        String host = request.header("Host").orElse("");
        return request.header("Origin").filter(origin -> site.allowsOrigin(origin, host, request.secure()));
    }
}
