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
import java.util.function.Consumer;

/** Where programs' batches come in. What they say is applied on the market's owner. Thread-safe. */
final class MarketIntake {
    private final IngestSource source;
    private final Owner owner;

    MarketIntake(IngestSource source, Owner owner) {
        this.source = source;
        this.owner = owner;
    }

    /** A batch over HTTP. */
    CompletionStage<HttpReply> post(ProgramRoute.Call call) {
        return switch (IngestReader.read(call.body())) {
            case IngestReader.Reading.Invalid(IngestFault fault, OptionalInt event) ->
                problem(new IngestReply.Refused(fault, event, 0)).now();
            case IngestReader.Reading.Read(IngestBatch batch) -> {
                CompletableFuture<HttpReply> reply = new CompletableFuture<>();
                apply(batch, done -> reply.complete(reply(batch, done)));
                yield reply;
            }
        };
    }

    /** Applies a batch; {@code done} is told on the owner. */
    void apply(IngestBatch batch, Consumer<IngestReply> done) {
        owner.execute(() -> done.accept(source.apply(batch)));
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
