package dev.peal.server.api;

import dev.peal.auth.Revocation;
import dev.peal.auth.Revocations;
import dev.peal.protocol.JsonWriter;
import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.time.Owner;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Revocations of users that survive a restart: in force in memory first, so that nobody waits for a disk to be cut off, then stored. One row per user with the
 * newest instant. Thread-safe; what is written is decided on the owner, so that an older instant never overwrites a newer one.
 */
public final class StoredRevocations {
    private static final String TABLE = "revoked-users";
    private static final long LOAD_SECONDS = 60;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Store store;
    private final Revocations revocations;
    private final Owner owner;

    private StoredRevocations(Store store, Revocations revocations, Owner owner) {
        this.store = store;
        this.revocations = revocations;
        this.owner = owner;
    }

    /**
     * Takes what was stored before. Blocks until all of it is in force; not on the owner.
     *
     * @throws IOException where it cannot be read
     */
    public static StoredRevocations load(Store store, Revocations revocations, Owner owner) throws IOException {
        StoredRevocations stored = new StoredRevocations(store, revocations, owner);
        CompletableFuture<Void> loaded = new CompletableFuture<>();
        stored.load(ScanRequest.all(TABLE), loaded);
        try {
            loaded.get(LOAD_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the revocations were read", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the revocations cannot be read", e);
        }
        return stored;
    }

    /**
     * Refuses a user's tokens up to an instant, and cuts the user's connections.
     *
     * @return whether it is stored; where it is not, it may be in force until the process ends
     */
    CompletionStage<Boolean> revoke(Revocation.OfUser revocation) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        if (!revocations.revoke(revocation)) {
            answer.complete(false);
            return answer;
        }
        owner.execute(() -> {
            // Another one may reach further by now; memory keeps the furthest.
            Revocation.OfUser furthest = revocations.ofUser(revocation.userId()).orElse(revocation);
            byte[] row = new JsonWriter(48)
                    .object()
                    .field("notAfter", furthest.notAfterMillis())
                    .end()
                    .bytes();
            StoreKey key = new StoreKey(TABLE, furthest.userId());
            store.put(key, row, Store.ANY, owner, written -> answer.complete(written instanceof StoreWrite.Done));
        });
        return answer;
    }

    private void load(ScanRequest request, CompletableFuture<Void> loaded) {
        store.scan(request, owner, read -> {
            if (!(read instanceof StoreRead.Rows rows)) {
                loaded.completeExceptionally(new IOException("the store cannot be read"));
                return;
            }
            try {
                rows.rows().forEach(this::take);
            } catch (JacksonException e) {
                loaded.completeExceptionally(e);
                return;
            }
            if (rows.more()) {
                load(request.after(rows.rows().get(rows.rows().size() - 1)), loaded);
            } else {
                loaded.complete(null);
            }
        });
    }

    private void take(StoreRead.Row row) {
        long notAfter = JSON.readTree(row.value()).path("notAfter").asLong();
        revocations.revoke(new Revocation.OfUser(row.key(), notAfter));
    }
}
