package dev.peal.docs.access;

import dev.peal.protocol.JsonWriter;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.time.Owner;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** When documents were edited last, for lists of them: a row of its own, since edits are many and a record is compared and set. Thread-safe. */
final class Activity {
    private static final String TABLE = "activity";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Store store;

    Activity(Store store) {
        this.store = store;
    }

    /** The newest edit of a document. */
    record Edit(long revision, long timeMillis) {}

    /** Nobody waits for it: a list that is behind is made good by the next edit. */
    void edited(String documentId, Edit edit, Owner owner) {
        byte[] row = new JsonWriter(64)
                .object()
                .field("revision", edit.revision())
                .field("updatedAt", edit.timeMillis())
                .end()
                .bytes();
        store.put(key(documentId), row, Store.ANY, owner, written -> {});
    }

    /** The newest edit; nothing where there was none, or it cannot be read. */
    void read(String documentId, Owner owner, Consumer<Optional<Edit>> done) {
        store.get(key(documentId), owner, read -> {
            Optional<StoreRead.Row> row = read instanceof StoreRead.Rows rows ? rows.first() : Optional.empty();
            done.accept(row.map(found -> {
                JsonNode json = JSON.readTree(found.value());
                return new Edit(
                        json.path("revision").asLong(), json.path("updatedAt").asLong());
            }));
        });
    }

    void forget(String documentId, Owner owner) {
        store.delete(key(documentId), Store.ANY, owner, written -> {});
    }

    private static StoreKey key(String documentId) {
        return new StoreKey(TABLE, documentId);
    }
}
