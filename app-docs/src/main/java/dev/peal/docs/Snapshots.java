package dev.peal.docs;

import dev.peal.hub.OpenRoom;
import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of all documents, in the application's store: a cache, each with the position that it shows and a checksum. Thread-safe; answers come on the owner of
 * the document's room. What is heavy is done on the executor.
 *
 * <p>A snapshot is in parts, written before the list that names it, so that what is in the list is there. The list keeps the newest ones, and of the older ones some
 * that are far from one another: so a revision of the past has one before it that is not far either.
 */
final class Snapshots {
    /** The most bytes of a part: a store takes 1 MiB, and commits of operations wait behind it. */
    static final int PART_BYTES = 256 << 10;

    /** Snapshots kept of a document. */
    static final int ROWS_MAX = 16;

    /** The newest ones always stay: the second one is for when the first cannot be read. */
    private static final int NEWEST_KEPT = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final int TRIES_MAX = 3;
    /** By document, which there are. */
    static final String LISTS = "snapshots";

    /** What they consist of; keys begin with the document and a slash. */
    static final String PARTS = "snapshot-parts";

    /** Where logs are read. */
    interface LogReader {
        void read(ReadRequest request, Owner owner, Consumer<LogRead> done);
    }

    private final LogReader log;
    private final Store store;
    private final Executor executor;

    /** @param executor for what takes long; runs one thing at a time at best */
    Snapshots(LogReader log, Store store, Executor executor) {
        this.log = log;
        this.store = store;
        this.executor = executor;
    }

    // Writing.

    /**
     * Keeps a snapshot, unless something fails: then there is none.
     *
     * @param last the entry that made its revision
     * @param pinned revisions whose snapshots are not given up for others
     * @param ended told whether it is kept
     */
    void save(OpenRoom room, Snapshot snapshot, Entry last, Set<Long> pinned, Consumer<Boolean> ended) {
        executor.execute(() -> {
            byte[] bytes = SnapshotCodec.encode(snapshot);
            byte[] packed = SnapshotCodec.deflated(bytes);
            SnapshotRow row = new SnapshotRow(
                    room.epoch(),
                    snapshot.text().revision(),
                    SnapshotRow.checksum(last.data()),
                    bytes.length,
                    packed.length,
                    SnapshotRow.checksum(packed),
                    last.timeMillis(),
                    !snapshot.authors().isEmpty());
            room.owner().execute(() -> putPart(room, row, packed, 0, pinned, ended));
        });
    }

    private void putPart(
            OpenRoom room, SnapshotRow row, byte[] packed, int part, Set<Long> pinned, Consumer<Boolean> ended) {
        if (part == row.parts()) {
            change(room, known -> withRow(known, row, pinned), TRIES_MAX, ended);
            return;
        }
        int from = part * PART_BYTES;
        byte[] bytes = Arrays.copyOfRange(packed, from, Math.min(packed.length, from + PART_BYTES));
        store.put(key(room, row, part), bytes, Store.ANY, room.owner(), written -> {
            if (written instanceof StoreWrite.Done) {
                putPart(room, row, packed, part + 1, pinned, ended);
            } else {
                failed(room, ended);
            }
        });
    }

    /** Gives up the snapshots that a condition names. */
    void forget(OpenRoom room, Predicate<SnapshotRow> condition) {
        change(room, known -> known.stream().filter(condition.negate()).toList(), TRIES_MAX, done -> {});
    }

    /** Changes the list, and deletes the parts of what is not in it any more. */
    private void change(OpenRoom room, UnaryOperator<List<SnapshotRow>> change, int tries, Consumer<Boolean> ended) {
        StoreKey key = new StoreKey(LISTS, room.key().id());
        store.get(key, room.owner(), read -> {
            if (!(read instanceof StoreRead.Rows rows)) {
                failed(room, ended);
                return;
            }
            List<SnapshotRow> known =
                    rows.first().map(list -> SnapshotRow.read(list.value())).orElse(List.of());
            List<SnapshotRow> changed = change.apply(known);
            if (changed.equals(known)) {
                ended.accept(true);
                return;
            }
            long version = rows.first().map(StoreRead.Row::version).orElse(Store.ABSENT);
            store.put(key, SnapshotRow.write(changed), version, room.owner(), written -> {
                if (written instanceof StoreWrite.Done) {
                    known.stream()
                            .filter(old -> changed.stream().noneMatch(row -> sameParts(old, row)))
                            .forEach(old -> drop(room, old));
                    ended.accept(true);
                } else if (written instanceof StoreWrite.Conflict && tries > 1) {
                    change(room, change, tries - 1, ended);
                } else {
                    failed(room, ended);
                }
            });
        });
    }

    /** In rising order of revisions; where there are too many the one goes that is nearest to its neighbours, and not pinned. */
    static List<SnapshotRow> withRow(List<SnapshotRow> known, SnapshotRow row, Set<Long> pinned) {
        List<SnapshotRow> rows = new ArrayList<>(known);
        rows.removeIf(old -> sameParts(old, row));
        rows.add(row);
        rows.sort(Comparator.comparingLong(SnapshotRow::revision));
        while (rows.stream().filter(kept -> !pinned.contains(kept.revision())).count() > ROWS_MAX) {
            int nearest = 0;
            long least = Long.MAX_VALUE;
            for (int i = 0; i < rows.size() - NEWEST_KEPT; i++) {
                if (pinned.contains(rows.get(i).revision())) {
                    continue;
                }
                long before = i == 0 ? 0 : rows.get(i - 1).revision();
                long gap = rows.get(i + 1).revision() - before;
                if (gap < least) {
                    least = gap;
                    nearest = i;
                }
            }
            rows.remove(nearest);
        }
        return rows;
    }

    private static boolean sameParts(SnapshotRow one, SnapshotRow other) {
        return one.revision() == other.revision() && one.epoch().equals(other.epoch());
    }

    private void drop(OpenRoom room, SnapshotRow row) {
        for (int part = 0; part < row.parts(); part++) {
            store.delete(key(room, row, part), Store.ANY, room.owner(), deleted -> {});
        }
    }

    private static void failed(OpenRoom room, Consumer<Boolean> ended) {
        LOG.debug("no snapshot of {}: the store does not take it", room.key());
        ended.accept(false);
    }

    // Reading.

    /** Which there are, the newest first; none where the store cannot be read. */
    void list(OpenRoom room, Consumer<List<SnapshotRow>> done) {
        store.get(new StoreKey(LISTS, room.key().id()), room.owner(), read -> {
            List<SnapshotRow> rows = new ArrayList<>();
            if (read instanceof StoreRead.Rows found) {
                found.first().ifPresent(list -> rows.addAll(SnapshotRow.read(list.value())));
            }
            done.accept(rows.reversed());
        });
    }

    /** Reads one that belongs to the room's log: the operation that made its revision is the one that is there, or, where that is gone, the epoch is the same, or that of a later one that is there. */
    void loadFitting(OpenRoom room, SnapshotRow row, Consumer<Optional<Snapshot>> done) {
        made(room, row, read -> {
            if (!(read instanceof LogRead.Truncated) || row.epoch().equals(room.epoch())) {
                loadIf(read instanceof LogRead.Truncated || fits(row, read), room, row, done);
                return;
            }
            // Its operation is gone, and the room has another epoch: it was restored, say. One that was taken after it
            // may still show that both are of this history.
            list(
                    room,
                    rows -> rows.stream()
                            .filter(later -> later.epoch().equals(row.epoch()) && later.revision() > row.revision())
                            .findFirst()
                            .ifPresentOrElse(
                                    later -> made(room, later, found -> loadIf(fits(later, found), room, row, done)),
                                    () -> done.accept(Optional.empty())));
        });
    }

    /** Reads the operation that made a snapshot's revision. */
    private void made(OpenRoom room, SnapshotRow row, Consumer<LogRead> done) {
        log.read(
                new ReadRequest(room.key(), room.epoch(), ReadRequest.Direction.AFTER, row.revision() - 1, 1, 1),
                room.owner(),
                done);
    }

    private static boolean fits(SnapshotRow row, LogRead read) {
        return read instanceof LogRead.Complete page
                && !page.entries().isEmpty()
                && row.madeBy(page.entries().get(0));
    }

    private void loadIf(boolean fits, OpenRoom room, SnapshotRow row, Consumer<Optional<Snapshot>> done) {
        if (fits) {
            load(room, row, done);
        } else {
            done.accept(Optional.empty());
        }
    }

    /** Reads one; empty where it cannot be read, or is not what was written. */
    private void load(OpenRoom room, SnapshotRow row, Consumer<Optional<Snapshot>> done) {
        byte[] packed = new byte[row.packed()];
        ScanRequest first =
                new ScanRequest(PARTS, prefix(room, row), "", Math.clamp(row.parts(), 1, ScanRequest.ROWS_MAX));
        readParts(room.owner(), first, packed, 0, whole -> {
            if (whole) {
                executor.execute(() -> {
                    Optional<Snapshot> snapshot = unpacked(row, packed);
                    room.owner().execute(() -> done.accept(snapshot));
                });
            } else {
                done.accept(Optional.empty());
            }
        });
    }

    private void readParts(Owner owner, ScanRequest request, byte[] packed, int from, Consumer<Boolean> done) {
        store.scan(request, owner, read -> {
            int filled = from;
            StoreRead.Row last = null;
            if (read instanceof StoreRead.Rows rows) {
                for (StoreRead.Row row : rows.rows()) {
                    int length = Math.min(row.value().length, packed.length - filled);
                    System.arraycopy(row.value(), 0, packed, filled, length);
                    filled += length;
                    last = row;
                }
            }
            if (filled == packed.length || last == null) {
                done.accept(filled == packed.length);
            } else {
                readParts(owner, request.after(last), packed, filled, done);
            }
        });
    }

    private static Optional<Snapshot> unpacked(SnapshotRow row, byte[] packed) {
        if (SnapshotRow.checksum(packed) != row.checksum()) {
            return Optional.empty();
        }
        return SnapshotCodec.inflated(packed, row.bytes())
                .flatMap(SnapshotCodec::decode)
                .filter(snapshot -> snapshot.text().revision() == row.revision());
    }

    private static StoreKey key(OpenRoom room, SnapshotRow row, int part) {
        return new StoreKey(PARTS, prefix(room, row) + "%05d".formatted(part));
    }

    /** A document's id has no slash; that an epoch may have one does no harm, since the revision behind it has none. */
    private static String prefix(OpenRoom room, SnapshotRow row) {
        return room.key().id() + '/' + row.epoch() + '/' + row.revision() + '/';
    }
}
