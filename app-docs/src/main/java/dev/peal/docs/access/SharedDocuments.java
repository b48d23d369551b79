package dev.peal.docs.access;

import dev.peal.docs.access.SharedDocument.Change;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.time.Owner;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The documents' records in the store. Thread-safe; whatever is asked about a document is to be asked with the owner of its room, on which the answer comes.
 *
 * <p>A read that was asked for before a write was answered may come back after it and without it. Whoever loads a record to judge by it would then judge by the old
 * one for as long as the document is open, so a load takes the newest of what it read and what was written meanwhile.
 */
final class SharedDocuments {
    private static final String TABLE = "documents";
    private static final int TRIES_MAX = 16;

    private final Store store;
    private final boolean open;
    private final BiConsumer<SharedDocument, SharedDocument> changed;
    private final ConcurrentHashMap<String, Loads> loads = new ConcurrentHashMap<>();

    /**
     * @param open whether everybody edits every document (open mode)
     * @param changed told of each record that was written over another one, that one first; on the owner, before whoever asked for it
     */
    SharedDocuments(Store store, boolean open, BiConsumer<SharedDocument, SharedDocument> changed) {
        this.store = store;
        this.open = open;
        this.changed = changed;
    }

    /** What was read. */
    sealed interface Read {
        record Found(SharedDocument document, long version) implements Read {}

        record Absent() implements Read {}

        record Failed() implements Read {}
    }

    /** What became of a change. */
    sealed interface Written {
        record Done(SharedDocument document) implements Written {}

        record Not(Refused why) implements Written {}
    }

    /** What is written over one document's record while somebody loads it. Owned by the document's owner. */
    private static final class Loads {
        private int underWay;
        private Read.@Nullable Found newest;
    }

    void read(String documentId, Owner owner, Consumer<Read> done) {
        store.get(key(documentId), owner, read -> done.accept(found(documentId, read)));
    }

    /** Reads what is to be judged by from now on. */
    void load(String documentId, Owner owner, Consumer<Read> done) {
        Loads underWay = loads.computeIfAbsent(documentId, id -> new Loads());
        underWay.underWay++;
        read(documentId, owner, read -> {
            Read.Found written = underWay.newest;
            if (--underWay.underWay == 0) {
                loads.remove(documentId, underWay);
            }
            boolean older =
                    written != null && (!(read instanceof Read.Found found) || found.version() < written.version());
            done.accept(older ? written : read);
        });
    }

    /** Makes a record where there is none; of two who do so at once the answer says whose it is. */
    void create(SharedDocument document, Owner owner, Consumer<Read> done) {
        String documentId = document.documentId();
        store.put(key(documentId), SharedDocumentJson.write(document), Store.ABSENT, owner, written -> {
            switch (written) {
                case StoreWrite.Done stored -> done.accept(new Read.Found(document, stored.version()));
                case StoreWrite.Conflict taken -> load(documentId, owner, done);
                case StoreWrite.Unavailable unavailable -> done.accept(new Read.Failed());
            }
        });
    }

    /**
     * Changes a record.
     *
     * @param change pure; asked again where another writer came first
     */
    void change(String documentId, Owner owner, Function<SharedDocument, Change> change, Consumer<Written> done) {
        attempt(documentId, owner, change, done, TRIES_MAX);
    }

    private void attempt(
            String documentId,
            Owner owner,
            Function<SharedDocument, Change> change,
            Consumer<Written> done,
            int tries) {
        read(documentId, owner, read -> {
            switch (read) {
                case Read.Found found -> decide(found, owner, change, done, tries);
                case Read.Absent absent -> done.accept(new Written.Not(Refused.UNKNOWN_DOCUMENT));
                case Read.Failed failed -> done.accept(new Written.Not(Refused.BUSY));
            }
        });
    }

    private void decide(
            Read.Found found, Owner owner, Function<SharedDocument, Change> change, Consumer<Written> done, int tries) {
        switch (change.apply(found.document())) {
            case Change.Not not -> done.accept(new Written.Not(not.why()));
            case Change.To to
            when to.document().equals(found.document()) -> done.accept(new Written.Done(found.document()));
            case Change.To to -> write(found, to.document(), owner, change, done, tries);
        }
    }

    private void write(
            Read.Found before,
            SharedDocument next,
            Owner owner,
            Function<SharedDocument, Change> change,
            Consumer<Written> done,
            int tries) {
        String documentId = next.documentId();
        store.put(key(documentId), SharedDocumentJson.write(next), before.version(), owner, written -> {
            switch (written) {
                case StoreWrite.Done stored -> {
                    tellLoads(documentId, new Read.Found(next, stored.version()));
                    changed.accept(before.document(), next);
                    done.accept(new Written.Done(next));
                }
                case StoreWrite.Conflict other -> {
                    if (tries > 1) {
                        attempt(documentId, owner, change, done, tries - 1);
                    } else {
                        done.accept(new Written.Not(Refused.BUSY));
                    }
                }
                case StoreWrite.Unavailable unavailable -> done.accept(new Written.Not(Refused.BUSY));
            }
        });
    }

    private void tellLoads(String documentId, Read.Found written) {
        Loads underWay = loads.get(documentId);
        if (underWay != null) {
            underWay.newest = written;
        }
    }

    private Read found(String documentId, StoreRead read) {
        if (!(read instanceof StoreRead.Rows rows)) {
            return new Read.Failed();
        }
        Optional<StoreRead.Row> row = rows.first();
        return row.<Read>map(found ->
                        new Read.Found(SharedDocumentJson.read(documentId, found.value(), open), found.version()))
                .orElseGet(Read.Absent::new);
    }

    private static StoreKey key(String documentId) {
        return new StoreKey(TABLE, documentId);
    }
}
