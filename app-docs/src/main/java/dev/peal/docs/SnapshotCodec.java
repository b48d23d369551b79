package dev.peal.docs;

import dev.peal.ot.Document;
import dev.peal.ot.json.DeltaJson;
import dev.peal.ot.json.DeltaRead;
import dev.peal.protocol.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Snapshots as bytes: JSON, deflated. Pure; what cannot be read is no snapshot, never an exception. */
final class SnapshotCodec {
    private static final int FORMAT = 1;

    private SnapshotCodec() {}

    static byte[] encode(Snapshot snapshot) {
        JsonWriter out = new JsonWriter(snapshot.text().marked().length() + 1024)
                .object()
                .field("format", FORMAT)
                .field("revision", snapshot.text().revision())
                .array("authors");
        for (Author author : snapshot.authors()) {
            out.array().value(author.userId()).value(author.userName()).end();
        }
        out.end().array("receipts");
        for (Receipts.Stored stored : snapshot.receipts()) {
            out.array().value(stored.client().sender()).value(stored.client().clientId());
            for (int i = 0; i < stored.seqs().size(); i++) {
                out.value(stored.seqs().get(i)).value(stored.revisions().get(i));
            }
            out.end();
        }
        out.end().object("companions");
        snapshot.companions()
                .forEach((name, bytes) -> out.field(name, Base64.getEncoder().encodeToString(bytes)));
        return DeltaJson.write(out.end(), "content", snapshot.text().marked().delta())
                .end()
                .bytes();
    }

    static Optional<Snapshot> decode(byte[] bytes) {
        try {
            JsonNode json = StoredOperation.MAPPER.readTree(bytes);
            if (json.path("format").intValue(0) != FORMAT
                    || !(DeltaJson.read(json.path("content")) instanceof DeltaRead.Valid content)) {
                return Optional.empty();
            }
            Text text = new Text(json.path("revision").longValue(), Document.of(content.delta()));
            return Optional.of(new Snapshot(
                    text,
                    authors(json.path("authors")),
                    receipts(json.path("receipts")),
                    companions(json.path("companions"))));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty(); // written by another version, or damaged in a way that its checksum did not show
        }
    }

    private static List<Author> authors(JsonNode json) {
        List<Author> authors = new ArrayList<>(json.size());
        json.forEach(pair -> authors.add(
                new Author(pair.path(0).stringValue(null), pair.path(1).stringValue(null))));
        return authors;
    }

    private static List<Receipts.Stored> receipts(JsonNode json) {
        List<Receipts.Stored> receipts = new ArrayList<>(json.size());
        for (JsonNode row : json) {
            List<Long> seqs = new ArrayList<>();
            List<Long> revisions = new ArrayList<>();
            for (int i = 2; i + 1 < row.size(); i += 2) {
                seqs.add(row.path(i).longValue());
                revisions.add(row.path(i + 1).longValue());
            }
            Receipts.Client client =
                    new Receipts.Client(row.path(0).stringValue(), row.path(1).stringValue());
            receipts.add(new Receipts.Stored(client, seqs, revisions));
        }
        return receipts;
    }

    private static Map<String, byte[]> companions(JsonNode json) {
        Map<String, byte[]> companions = new LinkedHashMap<>();
        json.properties()
                .forEach(field -> companions.put(
                        field.getKey(),
                        Base64.getDecoder().decode(field.getValue().stringValue())));
        return companions;
    }

    static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
            byte[] buffer = new byte[16 << 10];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** Empty where the bytes are not so many. */
    static Optional<byte[]> inflated(byte[] packed, int length) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] bytes = new byte[length];
            int read = 0;
            while (read < length && !inflater.finished()) {
                int now = inflater.inflate(bytes, read, length - read);
                if (now == 0) {
                    return Optional.empty();
                }
                read += now;
            }
            return read == length ? Optional.of(bytes) : Optional.empty();
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
