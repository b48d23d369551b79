package dev.peal.docs.access;

import dev.peal.protocol.JsonWriter;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.time.Owner;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which document a secret leads to: rows by digest that point at records, which decide. Thread-safe. */
final class Links {
    private static final String TABLE = "links";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Store store;

    Links(Store store) {
        this.store = store;
    }

    /** Where a secret leads. */
    sealed interface Target {
        record To(String documentId, String linkId) implements Target {}

        record Nowhere() implements Target {}

        record Failed() implements Target {}
    }

    /** {@code done} is told whether it is there. */
    void add(String digest, Target.To target, Owner owner, Consumer<Boolean> done) {
        byte[] row = new JsonWriter(96)
                .object()
                .field("documentId", target.documentId())
                .field("linkId", target.linkId())
                .end()
                .bytes();
        store.put(
                new StoreKey(TABLE, digest),
                row,
                Store.ABSENT,
                owner,
                written -> done.accept(written instanceof StoreWrite.Done));
    }

    void find(String digest, Owner owner, Consumer<Target> done) {
        store.get(new StoreKey(TABLE, digest), owner, read -> {
            if (!(read instanceof StoreRead.Rows rows)) {
                done.accept(new Target.Failed());
            } else if (rows.first().isEmpty()) {
                done.accept(new Target.Nowhere());
            } else {
                JsonNode json = JSON.readTree(rows.first().get().value());
                done.accept(new Target.To(
                        json.path("documentId").asString(), json.path("linkId").asString()));
            }
        });
    }

    /** Nobody waits for it: a row too many leads to a record without its link. */
    void remove(String digest, Owner owner) {
        store.delete(new StoreKey(TABLE, digest), Store.ANY, owner, written -> {});
    }
}
