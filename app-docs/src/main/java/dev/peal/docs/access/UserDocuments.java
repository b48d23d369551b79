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
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which documents a user may have a role in: rows that point at records, which decide. A row is there before the role is and may be there after it. Thread-safe.
 */
final class UserDocuments {
    /** A younger row may be there before its role is; and one so young is not written anew. */
    static final long YOUNG_MILLIS = 60_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Store store;
    private final Clock clock;

    UserDocuments(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A document on the list.
     *
     * @param place where
     * @param row with the document's id as its key
     */
    record Listed(Place place, StoreRead.Row row) {}

    /**
     * A page of a user's documents, what the user opened, made or got last at the top.
     *
     * @param more whether there are others behind
     */
    record Page(List<Listed> rows, boolean more) {}

    /** Puts a document at the top of a user's list. {@code done} is told whether it is on the list. */
    void add(String userId, String documentId, Owner owner, Consumer<Boolean> done) {
        StoreKey key = key(userId, documentId);
        store.get(key, owner, read -> {
            if (read instanceof StoreRead.Rows rows
                    && rows.first().filter(this::young).isPresent()) {
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
        if (!young(row)) {
            store.delete(key(userId, row.key()), row.version(), owner, written -> {});
        }
    }

    private boolean young(StoreRead.Row row) {
        return clock.millis() - at(row) <= YOUNG_MILLIS;
    }

    private static long at(StoreRead.Row row) {
        return JSON.readTree(row.value()).path("at").asLong();
    }

    /** @param after the last one of the page before; {@link Place#TOP}: from the first */
    void page(String userId, Place after, int limit, Owner owner, Consumer<Optional<Page>> done) {
        scan(ScanRequest.all(table(userId)), new Newest(after, limit), owner, done);
    }

    /** All rows are looked at, since their keys do not say when; what is kept meanwhile is one page. */
    private void scan(ScanRequest request, Newest found, Owner owner, Consumer<Optional<Page>> done) {
        store.scan(request, owner, read -> {
            if (!(read instanceof StoreRead.Rows rows)) {
                done.accept(Optional.empty());
                return;
            }
            rows.rows().forEach(row -> found.add(new Listed(new Place(at(row), row.key()), row)));
            if (rows.more()) {
                scan(request.after(rows.rows().getLast()), found, owner, done);
            } else {
                done.accept(Optional.of(found.page()));
            }
        });
    }

    /** The newest rows behind a place, as many as a page has. */
    private static final class Newest {
        private final Place after;
        private final int limit;
        private final TreeMap<Place, Listed> rows = new TreeMap<>();
        private boolean more;

        private Newest(Place after, int limit) {
            this.after = after;
            this.limit = limit;
        }

        private void add(Listed listed) {
            if (listed.place().compareTo(after) <= 0) {
                return;
            }
            rows.put(listed.place(), listed);
            if (rows.size() > limit) {
                rows.pollLastEntry();
                more = true;
            }
        }

        private Page page() {
            return new Page(List.copyOf(rows.values()), more);
        }
    }

    private static StoreKey key(String userId, String documentId) {
        return new StoreKey(table(userId), documentId);
    }

    /** A user's id with a document's would be too long for a key. */
    private static String table(String userId) {
        return "of/" + Sha256.base64Url(userId);
    }
}
