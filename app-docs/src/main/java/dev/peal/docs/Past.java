package dev.peal.docs;

import dev.peal.hub.OpenRoom;
import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a document as it was, from the nearest snapshot before and the operations behind it, page by page: others have their turn between. Owned by the document's
 * owner, as all that it calls.
 */
final class Past {
    /** What was found. */
    sealed interface Found {
        record There(Text text) implements Found {}

        /** The operations that lead there are gone. */
        record Pruned() implements Found {}

        record Failed() implements Found {}
    }

    static final int PAGE_ENTRIES = 512;
    static final int PAGE_BYTES = 1 << 20;

    private final OpenRoom room;
    private final DocsServices services;
    private final long revision;
    private final Consumer<Found> done;

    private Past(OpenRoom room, DocsServices services, long revision, Consumer<Found> done) {
        this.room = room;
        this.services = services;
        this.revision = revision;
        this.done = done;
    }

    /**
     * Reads a revision.
     *
     * @param revision one that the document has
     */
    static void read(OpenRoom room, DocsServices services, long revision, Consumer<Found> done) {
        Past past = new Past(room, services, revision, done);
        services.snapshots()
                .list(
                        room,
                        rows -> past.from(rows.stream()
                                .filter(row -> row.revision() <= revision)
                                .toList()));
    }

    /** A part of the log of a document, in its epoch. */
    static ReadRequest page(OpenRoom room, long after) {
        return new ReadRequest(room.key(), room.epoch(), ReadRequest.Direction.AFTER, after, PAGE_ENTRIES, PAGE_BYTES);
    }

    private void from(List<SnapshotRow> rows) {
        if (rows.isEmpty()) {
            replay(Text.EMPTY);
            return;
        }
        List<SnapshotRow> others = rows.subList(1, rows.size());
        services.snapshots().loadFitting(room, rows.get(0), snapshot -> {
            if (snapshot.isPresent()) {
                replay(snapshot.get().text());
            } else {
                from(others);
            }
        });
    }

    private void replay(Text text) {
        if (text.revision() == revision) {
            done.accept(new Found.There(text));
            return;
        }
        services.context().read(page(room, text.revision()), room.owner(), read -> {
            switch (read) {
                case LogRead.Complete page -> replay(text, page.entries());
                case LogRead.Truncated cut -> done.accept(new Found.Pruned());
                case LogRead.OtherEpoch other -> done.accept(new Found.Failed());
                case LogRead.Failed failed -> done.accept(new Found.Failed());
            }
        });
    }

    private void replay(Text from, List<Entry> entries) {
        Text text = from;
        for (Entry entry : entries) {
            Optional<Text> next = text.revision() == revision ? Optional.empty() : applied(text, entry);
            if (next.isEmpty()) {
                break;
            }
            text = next.get();
        }
        if (text == from) {
            done.accept(new Found.Failed());
        } else {
            replay(text);
        }
    }

    private static Optional<Text> applied(Text text, Entry entry) {
        try {
            return StoredOperation.read(entry).map(operation -> text.apply(operation.delta()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // reaches beyond the end: no operation on this document
        }
    }
}
