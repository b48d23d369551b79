package dev.peal.server.api;

import dev.peal.protocol.JsonWriter;
import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import dev.peal.transport.http.Refusal;
import dev.peal.transport.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Idempotency keys of the operations that store no entry: what was asked, when, and what was answered. (An entry's key is kept with the entry, by the log.)
 *
 * <p>A key is claimed with the time of the request before anything is done. A repetition that finds the claim without its answer (the first is under way, or the
 * server ended in between) does the operation again as of that time: these operations come to the same when they are done twice. Kept for {@link #KEPT_MILLIS};
 * thread-safe, answers come on the owner.
 */
final class Once {
    /** How long a key is remembered. */
    static final long KEPT_MILLIS = TimeUnit.HOURS.toMillis(48);

    private static final Logger LOG = LoggerFactory.getLogger(Once.class);
    private static final String TABLE = "idempotency";
    private static final long SWEEP_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Store store;
    private final Owner owner;
    private final Clock clock;

    /** @param store the API's own */
    Once(Store store, Owner owner, Clock clock) {
        this.store = store;
        this.owner = owner;
        this.clock = clock;
    }

    /** Begins to forget old keys, once an hour. */
    void begin() {
        owner.schedule(this::sweep, SWEEP_MILLIS);
    }

    /**
     * Does an operation once per idempotency key; without a key, whenever it is asked for.
     *
     * @param operation given the wall-clock time as of which it is to be done; its answer's JSON, or nothing where it cannot be done now
     */
    CompletionStage<Response> run(Call call, Body body, LongFunction<CompletionStage<Optional<byte[]>>> operation)
            throws Refusal {
        Optional<String> key = call.idempotencyKey();
        if (key.isEmpty()) {
            return operation.apply(clock.millis()).thenApply(Once::answer);
        }
        CompletableFuture<Response> answer = new CompletableFuture<>();
        StoreKey row = new StoreKey(TABLE, call.key().id() + "/" + key.get());
        claim(new Step(row, call.fingerprint(body), operation, answer));
        return answer;
    }

    /** One request on its way. */
    private record Step(
            StoreKey row,
            long fingerprint,
            LongFunction<CompletionStage<Optional<byte[]>>> operation,
            CompletableFuture<Response> answer) {}

    private void claim(Step step) {
        long now = clock.millis();
        store.put(step.row(), row(step, now, Optional.empty()), Store.ABSENT, owner, written -> {
            switch (written) {
                case StoreWrite.Done done -> perform(step, now, done.version());
                case StoreWrite.Conflict conflict -> repeat(step);
                case StoreWrite.Unavailable unavailable -> step.answer().complete(Answers.unavailable());
            }
        });
    }

    private void repeat(Step step) {
        store.get(step.row(), owner, read -> {
            if (!(read instanceof StoreRead.Rows rows) || rows.first().isEmpty()) {
                step.answer().complete(Answers.unavailable());
                return;
            }
            StoreRead.Row row = rows.first().get();
            JsonNode kept = JSON.readTree(row.value());
            if (kept.path("fingerprint").asLong() != step.fingerprint()) {
                step.answer().complete(Answers.idempotencyKeyReused());
            } else if (kept.has("answer")) {
                byte[] answer = kept.path("answer").asString().getBytes(StandardCharsets.UTF_8);
                step.answer().complete(Answers.replayed(Answers.ok(answer)));
            } else {
                perform(step, kept.path("at").asLong(), row.version());
            }
        });
    }

    private void perform(Step step, long at, long version) {
        step.operation().apply(at).whenComplete((done, failure) -> {
            if (failure != null) {
                step.answer().completeExceptionally(failure);
            } else if (done.isEmpty()) {
                step.answer().complete(Answers.unavailable());
            } else {
                // Whether or not the answer is kept, the operation was done: a repetition finds the claim at least.
                store.put(
                        step.row(),
                        row(step, at, done),
                        version,
                        owner,
                        written -> step.answer().complete(answer(done)));
            }
        });
    }

    private static byte[] row(Step step, long at, Optional<byte[]> answer) {
        JsonWriter json = new JsonWriter()
                .object()
                .field("fingerprint", step.fingerprint())
                .field("at", at);
        answer.ifPresent(bytes -> json.field("answer", new String(bytes, StandardCharsets.UTF_8)));
        return json.end().bytes();
    }

    private static Response answer(Optional<byte[]> done) {
        return done.map(Answers::ok).orElseGet(Answers::unavailable);
    }

    private void sweep() {
        sweep(ScanRequest.all(TABLE));
        begin();
    }

    private void sweep(ScanRequest request) {
        long before = clock.millis() - KEPT_MILLIS;
        store.scan(request, owner, read -> {
            if (!(read instanceof StoreRead.Rows rows)) {
                LOG.debug("old idempotency keys cannot be read now; the next sweep takes them");
                return;
            }
            for (StoreRead.Row row : rows.rows()) {
                if (JSON.readTree(row.value()).path("at").asLong() < before) {
                    store.delete(new StoreKey(TABLE, row.key()), row.version(), owner, written -> {});
                }
            }
            if (rows.more()) {
                sweep(request.after(rows.rows().get(rows.rows().size() - 1)));
            }
        });
    }
}
