package dev.peal.docs;

import dev.peal.log.Entry;
import dev.peal.protocol.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What is known of a snapshot without reading it.
 *
 * @param epoch that it was taken in
 * @param revision that it shows
 * @param anchor checksum of the operation that made that revision: it belongs to a log that has this operation there
 * @param bytes of the snapshot
 * @param packed of it as stored
 * @param checksum of it as stored
 * @param timeMillis when the operation was stored that made the revision
 * @param whole whether a document can be opened from it; else it is its text alone
 */
record SnapshotRow(
        String epoch,
        long revision,
        long anchor,
        int bytes,
        int packed,
        long checksum,
        long timeMillis,
        boolean whole) {
    static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return crc.getValue();
    }

    /** Whether an entry is the one that made the revision. */
    boolean madeBy(Entry entry) {
        return entry.offset() == revision && checksum(entry.data()) == anchor;
    }

    /** How many parts it was stored in. */
    int parts() {
        return Math.ceilDiv(packed, Snapshots.PART_BYTES);
    }

    static byte[] write(List<SnapshotRow> rows) {
        JsonWriter out = new JsonWriter(512).array();
        for (SnapshotRow row : rows) {
            out.object()
                    .field("epoch", row.epoch)
                    .field("revision", row.revision)
                    .field("anchor", row.anchor)
                    .field("bytes", row.bytes)
                    .field("packed", row.packed)
                    .field("checksum", row.checksum)
                    .field("time", row.timeMillis)
                    .field("whole", row.whole)
                    .end();
        }
        return out.end().bytes();
    }

    /** In rising order of revisions; none where it cannot be read. */
    static List<SnapshotRow> read(byte[] bytes) {
        List<SnapshotRow> rows = new ArrayList<>();
        try {
            for (JsonNode row : StoredOperation.MAPPER.readTree(bytes)) {
                rows.add(new SnapshotRow(
                        row.path("epoch").stringValue(),
                        row.path("revision").longValue(),
                        row.path("anchor").longValue(),
                        row.path("bytes").intValue(),
                        row.path("packed").intValue(),
                        row.path("checksum").longValue(),
                        row.path("time").longValue(),
                        row.path("whole").booleanValue()));
            }
        } catch (JacksonException e) {
            return List.of(); // snapshots are a cache
        }
        return rows;
    }
}
