package dev.peal.docs;

import dev.peal.log.Entry;
import dev.peal.ot.Delta;
import dev.peal.ot.json.DeltaJson;
import dev.peal.ot.json.DeltaRead;
import dev.peal.protocol.JsonWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operation as the log has it: the {@code data} of the push.
 *
 * @param sender who sent it, as the log has it
 * @param clientId null where the client gave none
 * @param seq 0 where the client gave none
 */
record StoredOperation(
        String sender, Author author, @Nullable String clientId, long seq, Delta delta, long timeMillis) {
    /** The type of entries and pushes. */
    static final String TYPE = "operation";

    /** Reads what this server wrote, whatever its size. */
    static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    /** Writes the data. */
    static byte[] data(
            String documentId,
            long revision,
            Author author,
            @Nullable String clientId,
            long seq,
            Delta delta,
            long timeMillis) {
        JsonWriter out = new JsonWriter(256)
                .object()
                .field("documentId", documentId)
                .field("userId", author.userId())
                .field("userName", author.userName());
        if (clientId != null) {
            out.field("clientId", clientId);
            if (seq > 0) {
                out.field("seq", seq);
            }
        }
        return DeltaJson.write(out, "operation", delta)
                .field("revision", revision)
                .field("timestamp", timeMillis)
                .end()
                .bytes();
    }

    /** Reads an entry; empty where it is no operation. */
    static Optional<StoredOperation> read(Entry entry) {
        if (!entry.type().equals(TYPE)) {
            return Optional.empty();
        }
        try {
            JsonNode data = MAPPER.readTree(entry.data());
            return DeltaJson.read(data.path("operation")) instanceof DeltaRead.Valid valid
                    ? Optional.of(new StoredOperation(
                            entry.sender(),
                            author(data),
                            data.path("clientId").stringValue(null),
                            data.path("seq").longValue(0),
                            valid.delta(),
                            entry.timeMillis()))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty(); // as any other entry that is no operation
        }
    }

    /** Which client's operations it is counted among; null where it is not. */
    Receipts.@Nullable Client client() {
        return clientId == null || seq == 0 ? null : new Receipts.Client(sender, clientId);
    }

    private static Author author(JsonNode data) {
        return new Author(
                data.path("userId").stringValue(null), data.path("userName").stringValue(null));
    }
}
