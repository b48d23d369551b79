package dev.peal.server;

import dev.peal.transport.http.Response;
import dev.peal.transport.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the server says about itself: alive, ready, its mode, its metrics. */
final class StatusRoutes {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private StatusRoutes() {}

    /**
     * Adds {@code /health/live}, {@code /health/ready}, {@code /api/mode} and {@code /metrics}.
     *
     * @param writable whether the log takes appends
     * @param draining whether the server is about to end
     * @param metrics the text of {@code /metrics}
     */
    static void add(
            Routes.Builder routes,
            String mode,
            boolean guests,
            BooleanSupplier writable,
            BooleanSupplier draining,
            Supplier<CompletionStage<String>> metrics) {
        routes.get("/health/live", request -> done(Response.json(200, "{\"status\":\"live\"}")));
        routes.get("/health/ready", request -> done(ready(writable.getAsBoolean(), draining.getAsBoolean())));
        Response modeResponse = Response.json(200, "{\"mode\":\"%s\",\"guests\":%s}".formatted(mode, guests));
        routes.get("/api/mode", request -> done(modeResponse));
        routes.get("/metrics", request -> metrics.get().thenApply(StatusRoutes::metrics));
    }

    private static Response ready(boolean writable, boolean draining) {
        if (draining) {
            return notReady("draining");
        }
        return writable ? Response.json(200, "{\"status\":\"ready\"}") : notReady("log not writable");
    }

    private static Response notReady(String reason) {
        return Response.json(503, "{\"status\":\"not ready\",\"reason\":\"" + reason + "\"}");
    }

    private static Response metrics(String text) {
        return Response.of(200, PROMETHEUS_TEXT, text.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }

    private static CompletionStage<Response> done(Response response) {
        return CompletableFuture.completedStage(response);
    }
}
