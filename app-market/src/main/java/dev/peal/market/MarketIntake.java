package dev.peal.market;

import dev.peal.app.HttpReply;
import dev.peal.app.ProgramRoute;
import dev.peal.market.ingest.IngestBatch;
import dev.peal.market.ingest.IngestFault;
import dev.peal.market.ingest.IngestReader;
import dev.peal.market.ingest.IngestReply;
import dev.peal.market.ingest.IngestSource;
import dev.peal.protocol.JsonWriter;
import dev.peal.time.Owner;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where programs' batches come in. What they say is applied on the market's owner. Thread-safe. */
final class MarketIntake {
    private final IngestSource source;
    private final Owner owner;
    private final MarketMeters meters;

    MarketIntake(IngestSource source, Owner owner, MarketMeters meters) {
        this.source = source;
        this.owner = owner;
        this.meters = meters;
    }

    /** A batch over HTTP. */
    CompletionStage<HttpReply> post(ProgramRoute.Call call) {
        return switch (IngestReader.read(call.body())) {
            case IngestReader.Reading.Invalid(IngestFault fault, OptionalInt event) ->
                problem(unread(fault, event)).now();
            case IngestReader.Reading.Read(IngestBatch batch) -> apply(batch).thenApply(done -> reply(batch, done));
        };
    }

    /** Applies a batch; completed on the owner, with a failure where the market has stopped. */
    CompletableFuture<IngestReply> apply(IngestBatch batch) {
        CompletableFuture<IngestReply> reply = new CompletableFuture<>();
        owner.execute(() -> {
            try {
                IngestReply done = source.apply(batch);
                count(batch, done);
                reply.complete(done);
            } catch (RuntimeException e) {
                reply.completeExceptionally(e);
            }
        });
        return reply;
    }

    /** The answer to a batch that is none. */
    IngestReply.Refused unread(IngestFault fault, OptionalInt event) {
        meters.ingestRefused(fault);
        return new IngestReply.Refused(fault, event, 0);
    }

    private void count(IngestBatch batch, IngestReply done) {
        switch (done) {
            case IngestReply.Applied applied -> meters.ingested(batch.events().size());
            case IngestReply.Repeated repeated -> meters.ingestRepeated();
            case IngestReply.Refused refused -> meters.ingestRefused(refused.fault());
        }
    }

    private static HttpReply reply(IngestBatch batch, IngestReply done) {
        return switch (done) {
            case IngestReply.Applied applied -> taken(batch, false);
            case IngestReply.Repeated repeated -> taken(batch, true);
            case IngestReply.Refused refused -> problem(refused);
        };
    }

    private static HttpReply taken(IngestBatch batch, boolean repeated) {
        JsonWriter json = new JsonWriter(96).object();
        fields(json, batch, repeated);
        return HttpReply.json(json.end());
    }

    /** {@code "source","sequence","repeated"}: of a batch that was taken. */
    static void fields(JsonWriter json, IngestBatch batch, boolean repeated) {
        json.field("source", batch.source()).field("sequence", batch.sequence()).field("repeated", repeated);
    }

    private static HttpReply problem(IngestReply.Refused refused) {
        IngestFault fault = refused.fault();
        Map<String, Long> figures = new HashMap<>();
        refused.event().ifPresent(event -> figures.put("event", (long) event));
        if (refused.expected() > 0) {
            figures.put("expected", refused.expected());
        }
        return new HttpReply.Problem(status(fault), fault.wire(), fault.sentence(), 0, figures);
    }

    private static int status(IngestFault fault) {
        return switch (fault) {
            case INVALID_BATCH, INVALID_EVENT -> 400;
            case SEQUENCE_GAP, SEQUENCE_OUT_OF_ORDER, SEQUENCE_REUSED, TOO_MANY_SOURCES -> 409;
            default -> 422;
        };
    }
}
