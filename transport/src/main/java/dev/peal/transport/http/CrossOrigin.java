package dev.peal.transport.http;

import dev.peal.websocket.SiteRules;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets pages of the allowed origins read a route's answers with {@code fetch} (the CORS protocol of the Fetch standard). Never with credentials, never with a
 * wildcard. What a page sends with a method that changes something was judged by {@link Edge} before it came here. Thread-safe.
 *
 * @param site whose pages may
 * @param methods what a preflight is told, as {@code POST}
 * @param handler answers
 */
record CrossOrigin(SiteRules site, String methods, HttpHandler handler) implements HttpHandler {
    private static final String HEADERS = "Authorization, Content-Type";
    private static final String PREFLIGHT_SECONDS = "600";

    @Override
    public CompletionStage<Response> handle(Request request) {
        return handler.handle(request).thenApply(response -> answered(request, response));
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

    private Response answered(Request request, Response response) {
        Response varied = response.with("Vary", "Origin");
        return origin(request)
                .map(origin -> varied.with("Access-Control-Allow-Origin", origin))
                .orElse(varied);
    }

    private Optional<String> origin(Request request) {
        String host = request.header("Host").orElse("");
        return request.header("Origin").filter(origin -> site.allowsOrigin(origin, host, request.secure()));
    }
}
