package dev.peal.docs;

import dev.peal.hub.OpenRoom;
import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes away the past that is not to be kept: never an operation that no snapshot covers, and never a revision that a companion holds on to, such as a named version.
 * Looked at whenever a snapshot was taken. Owned by the document's owner, as all that it calls.
 *
 * <p>The operation that made the snapshot stays: it shows that snapshot and log belong together.
 */
final class Pruning {
    private final DocsServices services;

    Pruning(DocsServices services) {
        this.services = services;
    }

    /** @param pinned the revisions that must stay readable */
    void prune(OpenRoom room, Set<Long> pinned) {
        History history = services.config().history();
        if (history.keepsAll()) {
            return;
        }
        long before = services.context().clock().millis() - history.kept().toMillis();
        services.snapshots()
                .list(
                        room,
                        rows -> rows.stream()
                                .filter(row -> row.timeMillis() <= before)
                                .findFirst()
                                .ifPresent(cover -> prune(room, rows, cover, pinned)));
    }

    private void prune(OpenRoom room, List<SnapshotRow> rows, SnapshotRow cover, Set<Long> pinned) {
        Optional<Long> missing = pinned.stream()
                .filter(revision -> revision > 0 && revision < cover.revision())
                .filter(revision -> rows.stream().noneMatch(row -> row.revision() == revision))
                .findFirst();
        if (missing.isPresent()) {
            pin(room, missing.get(), pinned);
            return;
        }
        services.context().trim(room.key(), cover.revision() - 1);
        services.snapshots().forget(room, row -> row.revision() < cover.revision() && !pinned.contains(row.revision()));
    }

    /** Keeps a revision as a snapshot of its own, and looks again. One that is gone already cannot be kept. */
    private void pin(OpenRoom room, long revision, Set<Long> pinned) {
        Past.read(room, services, revision, found -> {
            if (found instanceof Past.Found.There there) {
                ReadRequest made =
                        new ReadRequest(room.key(), room.epoch(), ReadRequest.Direction.AFTER, revision - 1, 1, 1);
                services.context().read(made, room.owner(), read -> {
                    if (read instanceof LogRead.Complete page && !page.entries().isEmpty()) {
                        keep(room, there.text(), page.entries().get(0), pinned);
                    }
                });
            } else if (found instanceof Past.Found.Pruned) {
                Set<Long> others = new HashSet<>(pinned);
                others.remove(revision);
                prune(room, others);
            }
        });
    }

    private void keep(OpenRoom room, Text text, Entry made, Set<Long> pinned) {
        Snapshot snapshot = new Snapshot(text, List.of(), List.of(), Map.of());
        services.snapshots().save(room, snapshot, made, pinned, kept -> {
            if (kept) {
                prune(room, pinned);
            }
        });
    }
}
