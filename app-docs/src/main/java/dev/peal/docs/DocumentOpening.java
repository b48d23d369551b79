package dev.peal.docs;

import dev.peal.hub.OpenRoom;
import dev.peal.hub.Resident;
import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.ot.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a document into memory: what is known of it, its newest snapshot that can be read and belongs to its log, its companions, the operations behind. Where a
 * snapshot fails, an older one and in the end all operations do; where those fail too, the document is not opened, so that nobody writes on an empty one. Owned by
 * the room's owner.
 */
final class DocumentOpening {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentOpening.class);

    private final OpenRoom room;
    private final DocsServices services;
    private final Registered registered;
    private final Consumer<Optional<Resident>> done;
    private boolean fromTheFirst;

    private DocumentOpening(
            OpenRoom room, DocsServices services, Registered registered, Consumer<Optional<Resident>> done) {
        this.room = room;
        this.services = services;
        this.registered = registered;
        this.done = done;
    }

    static void open(OpenRoom room, DocsServices services, Consumer<Optional<Resident>> done) {
        Registered registered = services.registry().opening(room.key().id());
        new DocumentOpening(room, services, registered, done).begin();
    }

    private void begin() {
        services.records().load(room.key().id(), room.owner(), found -> {
            switch (found) {
                case DocumentRecords.Found.Known known -> {
                    registered.loaded(known.record());
                    if (registered.deleted()) {
                        nothing();
                    } else {
                        text();
                    }
                }
                case DocumentRecords.Found.Unknown unknown -> text();
                case DocumentRecords.Found.Failed failed -> fail();
            }
        });
    }

    /** Nothing of it is left, and nobody is let in: what is asked about it is refused as it should be. */
    private void nothing() {
        Text text = new Text(room.newest(), Document.EMPTY);
        done.accept(Optional.of(
                new DocumentRoom(room, services, registered, new Snapshot(text, List.of(), List.of(), Map.of()))));
    }

    private void text() {
        if (room.newest() == 0) {
            fromTheFirst = true;
            from(Snapshot.EMPTY, List.of());
        } else {
            services.snapshots()
                    .list(
                            room,
                            rows -> next(rows.stream()
                                    .filter(row -> row.whole() && row.revision() <= room.newest())
                                    .toList()));
        }
    }

    /** The next one to try, the newest first; behind the last comes revision 0. */
    private void next(List<SnapshotRow> rows) {
        if (rows.isEmpty()) {
            if (room.oldest() == 1 && !fromTheFirst) {
                fromTheFirst = true;
                from(Snapshot.EMPTY, List.of());
            } else {
                LOG.error(
                        "the document {} cannot be read: neither from a snapshot nor from its operations",
                        room.key().id());
                fail();
            }
            return;
        }
        List<SnapshotRow> others = rows.subList(1, rows.size());
        services.snapshots().loadFitting(room, rows.get(0), snapshot -> {
            if (snapshot.isPresent()) {
                from(snapshot.get(), others);
            } else {
                LOG.warn(
                        "the snapshot of {} at {} cannot be used",
                        room.key().id(),
                        rows.get(0).revision());
                next(others);
            }
        });
    }

    private void from(Snapshot snapshot, List<SnapshotRow> others) {
        DocumentRoom document = new DocumentRoom(room, services, registered, snapshot);
        companions(document, snapshot, others, 0);
    }

    private void companions(DocumentRoom document, Snapshot snapshot, List<SnapshotRow> others, int index) {
        if (index == services.companions().size()) {
            tail(document, others);
            return;
        }
        Companions companions = services.companions().get(index);
        Optional<byte[]> kept = Optional.ofNullable(snapshot.companions().get(companions.name()));
        if (kept.isEmpty() && document.revision() > 0) {
            next(others); // taken before there was such a companion: it needs all operations
            return;
        }
        companions.open(document, kept, opened -> {
            if (opened.isPresent()) {
                document.companion(companions.name(), opened.get());
                companions(document, snapshot, others, index + 1);
            } else {
                fail();
            }
        });
    }

    private void tail(DocumentRoom document, List<SnapshotRow> others) {
        if (document.revision() == room.newest()) {
            document.ready();
            done.accept(Optional.of(document));
            return;
        }
        services.context().read(Past.page(room, document.revision()), room.owner(), read -> {
            if (read instanceof LogRead.Truncated) {
                next(others); // it ends before the oldest operation that is left
            } else if (!(read instanceof LogRead.Complete page)
                    || page.entries().isEmpty()) {
                fail();
            } else if (apply(document, page.entries())) {
                tail(document, others);
            } else {
                LOG.error(
                        "the document {} has an entry behind {} that is no operation on it",
                        room.key().id(),
                        document.revision());
                next(others);
            }
        });
    }

    /** Those that are stored meanwhile are told to the document once it is open. */
    private boolean apply(DocumentRoom document, List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.offset() <= room.newest() && !document.apply(entry)) {
                return false;
            }
        }
        return true;
    }

    private void fail() {
        services.registry().gone(registered);
        done.accept(Optional.empty());
    }
}
