package dev.peal.client.link;

import dev.peal.client.json.Json;
import dev.peal.client.loop.Loop;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Requests to one server, with what the caller is known by; answers come on the loop. Owned by the loop. */
final class Http {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private final HttpClient client;
    private final Target target;
    private final Loop loop;
    private @Nullable String token;
    private @Nullable String session;

    Http(HttpClient client, Target target, Loop loop) {
        this.client = client;
        this.target = target;
        this.loop = loop;
    }

    /** Headers only: neither a token nor a session ever stands in an address. */
    void token(String held) {
        token = held;
    }

    void session(String held) {
        session = held;
    }

    CompletableFuture<?> post(
            String path, JsonNode body, BiConsumer<@Nullable HttpResponse<String>, @Nullable Throwable> then) {
        HttpRequest request = request(path)
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
                .build();
        return send(request, LimitedBody.upTo(Json.BYTES_MAX), then);
    }

    CompletableFuture<?> get(
            String pathAndQuery,
            Duration answerMax,
            BiConsumer<@Nullable HttpResponse<String>, @Nullable Throwable> then) {
        HttpRequest request = request(pathAndQuery).timeout(answerMax).GET().build();
        return send(request, LimitedBody.upTo(Json.BYTES_MAX), then);
    }

    /** A body without an end; the time limit is for its beginning. */
    CompletableFuture<?> stream(
            String pathAndQuery,
            BiConsumer<@Nullable HttpResponse<Flow.Publisher<List<ByteBuffer>>>, @Nullable Throwable> then) {
        HttpRequest request = request(pathAndQuery)
                .timeout(ANSWER_MAX)
                .header("Accept", "text/event-stream")
                .GET()
                .build();
        return send(request, HttpResponse.BodyHandlers.ofPublisher(), then);
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.http(pathAndQuery));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (session != null) {
            request.header("Peal-Session", session);
        }
        return request;
    }

    private <T> CompletableFuture<?> send(
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            BiConsumer<@Nullable HttpResponse<T>, @Nullable Throwable> then) {
        CompletableFuture<HttpResponse<T>> sent = client.sendAsync(request, handler);
        sent.whenComplete((response, failure) -> loop.execute(() -> then.accept(response, Failures.cause(failure))));
        return sent;
    }
}
