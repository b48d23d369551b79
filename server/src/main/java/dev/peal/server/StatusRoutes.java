package dev.peal.server;

import dev.peal.transport.http.HttpHandler;
import dev.peal.transport.http.Response;
import dev.peal.transport.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What the server says about itself: alive, ready, its mode, its metrics. */
final class StatusRoutes {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private StatusRoutes() {}

    /** Adds {@code /health/live}, {@code /health/ready} and {@code /api/mode}. */
    static void add(Routes.Builder routes, String mode, boolean guests, Readiness readiness) {
        routes.get("/health/live", request -> done(Response.json(200, "{\"status\":\"live\"}")));
        routes.get("/health/ready", request -> readiness.answer());
        Response modeResponse = Response.json(200, "{\"mode\":\"%s\",\"guests\":%s}".formatted(mode, guests));
        routes.get("/api/mode", request -> done(modeResponse));
    }

    /**
     * The handler of {@code /metrics}.
     *
     * @param text the figures of this moment
     */
    static HttpHandler metrics(Supplier<CompletionStage<String>> text) {
        return request -> text.get().thenApply(StatusRoutes::metrics);
    }

    private static Response metrics(String text) {
        return Response.of(200, PROMETHEUS_TEXT, text.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }

    private static CompletionStage<Response> done(Response response) {
        return CompletableFuture.completedStage(response);
    }
}
