package dev.peal.docs.access;

import dev.peal.auth.Sha256;
import dev.peal.protocol.JsonWriter;
import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which documents a user may have a role in: rows that point at records, which decide. A row is there before the role is and may be there after it. Thread-safe.
 */
final class UserDocuments {
    /** A younger row may be there before its role is. */
    static final long YOUNG_MILLIS = 60_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Store store;
    private final Clock clock;

    UserDocuments(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A page of a user's documents, in the order of their ids.
     *
     * @param rows each with the document's id as its key
     * @param more whether there are others behind
     */
    record Page(List<StoreRead.Row> rows, boolean more) {}

    /** Puts a document on a user's list. {@code done} is told whether it is there. */
    void add(String userId, String documentId, Owner owner, Consumer<Boolean> done) {
        StoreKey key = key(userId, documentId);
        store.get(key, owner, read -> {
            if (read instanceof StoreRead.Rows rows && rows.first().isPresent()) {
                done.accept(true);
                return;
            }
            byte[] row = new JsonWriter(32)
                    .object()
                    .field("at", clock.millis())
                    .end()
                    .bytes();
            store.put(key, row, Store.ANY, owner, written -> done.accept(written instanceof StoreWrite.Done));
        });
    }

    /** Takes a document off a user's list. Nobody waits for it: a row too many is passed over. */
    void remove(String userId, String documentId, Owner owner) {
        store.delete(key(userId, documentId), Store.ANY, owner, written -> {});
    }

    /** The record behind a row gives its user no role: the row goes, unless it is so young that the role is still to come. */
    void forget(String userId, StoreRead.Row row, Owner owner) {
        long at = JSON.readTree(row.value()).path("at").asLong();
        if (clock.millis() - at > YOUNG_MILLIS) {
            store.delete(key(userId, row.key()), row.version(), owner, written -> {});
        }
    }

    /** @param after the last document of the page before; empty: from the first */
    void page(String userId, String after, int limit, Owner owner, Consumer<Optional<Page>> done) {
        store.scan(new ScanRequest(table(userId), "", after, limit), owner, read -> {
            boolean found = read instanceof StoreRead.Rows;
            done.accept(
                    found
                            ? Optional.of(new Page(((StoreRead.Rows) read).rows(), ((StoreRead.Rows) read).more()))
                            : Optional.empty());
        });
    }

    private static StoreKey key(String userId, String documentId) {
        return new StoreKey(table(userId), documentId);
    }

    /** A user's id with a document's would be too long for a key. */
    private static String table(String userId) {
        return "of/" + Sha256.base64Url(userId);
    }
}
