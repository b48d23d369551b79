package dev.peal.docs;

import dev.peal.app.AppContext;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes away what is kept of a deleted document: its operations, its snapshots, what its companions keep. Its record stays, so that its id is not given out again. Thread-safe.
 *
 * <p>Nobody waits for it, and a process may end in the middle: so a row says beforehand which document is going to be deleted, and each start erases anew what rows say. The row goes at a start
 * that finds no operation any more.
 */
final class Erasure {
    private static final String TABLE = "erasing";
    private static final byte[] NOTHING = {};

    private final AppContext context;
    private final DocumentRecords records;
    private final List<String> tables;

    Erasure(AppContext context, DocumentRecords records, List<Companions> companions) {
        this.context = context;
        this.records = records;
        tables = new ArrayList<>(List.of(Snapshots.PARTS));
        companions.forEach(kept -> tables.addAll(kept.tables()));
    }

    /** A document is going to be deleted. */
    void announce(String documentId, Owner owner, Consumer<Boolean> done) {
        context.store()
                .put(
                        new StoreKey(TABLE, documentId),
                        NOTHING,
                        Store.ANY,
                        owner,
                        written -> done.accept(written instanceof StoreWrite.Done));
    }

    /** It was deleted. */
    void erase(String documentId) {
        Owner owner = context.owner(key(documentId));
        context.trim(key(documentId), RoomLog.ALL);
        context.store().delete(new StoreKey(Snapshots.LISTS, documentId), Store.ANY, owner, deleted -> {});
        for (String table : tables) {
            clear(new ScanRequest(table, documentId + '/', "", ScanRequest.ROWS_MAX), owner);
        }
    }

    private void clear(ScanRequest request, Owner owner) {
        context.store().scan(request, owner, read -> {
            if (read instanceof StoreRead.Rows rows) {
                for (StoreRead.Row row : rows.rows()) {
                    context.store().delete(new StoreKey(request.table(), row.key()), Store.ANY, owner, deleted -> {});
                }
                if (rows.more()) {
                    clear(request.after(rows.rows().getLast()), owner);
                }
            }
        });
    }

    /** Goes on where an earlier process ended. */
    void resume() {
        resume(ScanRequest.all(TABLE), context.owner(key(TABLE)));
    }

    private void resume(ScanRequest request, Owner owner) {
        context.store().scan(request, owner, read -> {
            if (read instanceof StoreRead.Rows rows) {
                rows.rows().forEach(row -> look(row.key()));
                if (rows.more()) {
                    resume(request.after(rows.rows().getLast()), owner);
                }
            }
        });
    }

    /** A row of a document that was not deleted after all stays: its deletion may be under way. */
    private void look(String documentId) {
        Owner owner = context.owner(key(documentId));
        owner.execute(() -> records.load(documentId, owner, found -> {
            if (found instanceof DocumentRecords.Found.Known known
                    && known.record().deleted()) {
                ReadRequest any =
                        new ReadRequest(key(documentId), null, ReadRequest.Direction.BEFORE, Long.MAX_VALUE, 1, 1);
                context.read(any, owner, read -> {
                    erase(documentId);
                    if (read instanceof LogRead.Complete page && page.entries().isEmpty()) {
                        context.store().delete(new StoreKey(TABLE, documentId), Store.ANY, owner, deleted -> {});
                    }
                });
            }
        }));
    }

    private static RoomKey key(String documentId) {
        return new RoomKey(DocsApp.KIND, documentId);
    }
}
