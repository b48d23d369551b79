package dev.peal.server.api;

import dev.peal.log.Appended;
import dev.peal.protocol.JsonWriter;
import dev.peal.transport.http.Problem;
import dev.peal.transport.http.Response;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Answers that several operations have. Pure. */
final class Answers {
    /** Says that the answer is that of an earlier request with the same idempotency key. */
    private static final String REPLAYED = "Idempotent-Replayed";

    private Answers() {}

    static Response ok(JsonWriter json) {
        return ok(json.bytes());
    }

    static Response ok(byte[] json) {
        return Response.of(200, "application/json", json).with("Cache-Control", "no-store");
    }

    static Response replayed(Response response) {
        return response.with(REPLAYED, "true");
    }

    static Response unavailable() {
        return new Problem(
                        503,
                        "unavailable",
                        "It cannot be stored or read now. Repeat it, with the same Idempotency-Key.",
                        Map.of("Retry-After", "1"))
                .response();
    }

    static Response idempotencyKeyReused() {
        return Problem.of(
                        422,
                        "idempotency_key_reused",
                        "That Idempotency-Key came with another request before, which stands.")
                .response();
    }

    /**
     * What became of an append.
     *
     * @param about writes the fields that say to what, into an open object
     */
    static Response appended(Appended appended, Consumer<JsonWriter> about) {
        return switch (appended) {
            case Appended.Stored stored -> {
                JsonWriter json = new JsonWriter(192).object();
                about.accept(json);
                json.field("epoch", stored.epoch())
                        .field("offset", stored.offset())
                        .end();
                yield stored.duplicate() ? replayed(ok(json)) : ok(json);
            }
            case Appended.MessageIdReused reused -> idempotencyKeyReused();
            case Appended.Conflict conflict -> unavailable();
            case Appended.Unavailable unavailable -> unavailable();
        };
    }

    static CompletionStage<Response> done(Response response) {
        return CompletableFuture.completedStage(response);
    }
}
