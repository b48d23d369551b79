package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Draft;
import dev.peal.log.Feed;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.ot.Attributes;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.testkit.ManualOwner;
import dev.peal.testkit.SessionRig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * PROMISES 66: whoever joins at any revision, after any restart, sees what all operations from the first come to; whatever becomes of the snapshots. 100 joins, 10,000
 * nightly. A document that cannot be read is not opened empty.
 */
class SnapshotsTest {
    private static final int JOINS = Boolean.getBoolean("peal.nightly") ? 10_000 : 100;
    private static final int EVERY = 10;

    private SessionRig rig = rig(config());

    private static DocsApp config() {
        return app(DocsConfig.DEFAULT.withSnapshots(EVERY, 0));
    }

    private static void type(SessionRig.Client client, long revision, int operations) {
        for (int i = 0; i < operations; i++) {
            client.send(operation("notes", revision + i, "[{\"insert\":\"" + (char) ('a' + i % 26) + "\"}]"));
            client.take();
        }
    }

    private Store store() {
        return rig.kept().store().within("app").within(DocsApp.KIND);
    }

    private List<StoreRead.Row> rows(String table) {
        ManualOwner owner = new ManualOwner(rig.clock());
        List<StoreRead.Row> rows = new ArrayList<>();
        store().scan(ScanRequest.all(table), owner, read -> rows.addAll(((StoreRead.Rows) read).rows()));
        owner.runReady();
        return rows;
    }

    private void change(String table, StoreRead.Row row, UnaryOperator<byte[]> change) {
        ManualOwner owner = new ManualOwner(rig.clock());
        store().put(new StoreKey(table, row.key()), change.apply(row.value().clone()), Store.ANY, owner, written -> {});
        owner.runReady();
    }

    private void restart() {
        rig = rig(config(), rig.kept());
    }

    @Test
    void aJoinAtAnyRevisionSeesWhatAllOperationsComeTo() {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        System.out.println("late joins: seed " + seed);
        Random random = new Random(seed);
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        long revision = 0;
        for (int join = 0; join < JOINS; join++) {
            for (int operations = random.nextInt(12); operations > 0; operations--) {
                Document now = replayed(rig, "notes");
                Delta change = Delta.builder()
                        .retain(random.nextInt(now.length() + 1))
                        .insert("ab".substring(random.nextInt(2)))
                        .build();
                ann.send(operation("notes", revision, ops(change)));
                ann.take();
                revision++;
            }
            if (random.nextInt(4) == 0) {
                restart();
                ann = joined(rig, 0, "ann", "notes");
            }
            Document seen = content(rig, "notes");
            assertThat(ops(seen.delta()))
                    .as("seed %s, join %s", seed, join)
                    .isEqualTo(ops(replayed(rig, "notes").delta()));
        }
        assertThat(rows("snapshots")).hasSize(1);
    }

    @Test
    void aSnapshotIsTakenOnceThereAreOperationsEnough() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        type(ann, 0, EVERY - 1);
        assertThat(rows("snapshots")).isEmpty();
        type(ann, EVERY - 1, 1);
        assertThat(rows("snapshots")).hasSize(1);
        assertThat(rows("snapshot-parts")).hasSize(1);
    }

    @Test
    void openingReadsTheSnapshotAndOnlyWhatIsBehindIt() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        type(ann, 0, 5 * EVERY + 3);
        FaultyLog log = new FaultyLog(rig.kept().log());
        SessionRig.Kept kept = new SessionRig.Kept(rig.clock(), log, rig.kept().store());
        Document seen = content(rig(config(), kept), "notes");
        assertThat(seen).isEqualTo(replayed(rig, "notes"));
        assertThat(log.reads()).isNotEmpty().allMatch(read -> read.from() >= 5 * EVERY - 1);
    }

    @Test
    void aDocumentThatCannotBeReadIsNotOpenedEmpty() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        type(ann, 0, EVERY + 3);
        FaultyLog log = new FaultyLog(rig.kept().log());
        SessionRig.Kept kept = new SessionRig.Kept(rig.clock(), log, rig.kept().store());
        SessionRig restarted = rig(config(), kept);
        log.failReads(true);
        SessionRig.Client bob = signedIn(restarted, 0, "bob")
                .send(joinAsking("j", "notes"))
                .send(operationAsking("o", "notes", 0, "[{\"insert\":\"lost\"}]"));
        List<JsonNode> frames = frames(bob);
        assertThat(types(frames)).containsExactly("error", "error");
        assertThat(frames).allMatch(frame -> frame.at("/data/code").asString().equals("unavailable"));
        assertThat(restarted.rooms()).isZero();
        log.failReads(false);
        assertThat(content(restarted, "notes")).isEqualTo(replayed(rig, "notes"));
        assertThat(entries(rig, "notes")).hasSize(EVERY + 3);
    }

    @Test
    void anEntryThatIsNoOperationOnTheDocumentClosesIt() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        type(ann, 0, 3);
        RoomKey key = new RoomKey(DocsApp.KIND, "notes");
        byte[] beyond = StoredOperation.data(
                "notes",
                4,
                new Author("x", null),
                null,
                0,
                Delta.builder().delete(99).build(),
                0);
        rig.hub()
                .with(
                        key,
                        room -> room.append(
                                new Draft("operation", "x", null, 0, 0, beyond), Feed.ANY, null, null, done -> {}));
        rig.settle();
        ann.take();
        ann.send(operationAsking("o", "notes", 3, "[{\"insert\":\"x\"}]"));
        assertThat(error(ann)).isEqualTo("unavailable");
        restart();
        SessionRig.Client bob = signedIn(rig, 0, "bob").send(joinAsking("j", "notes"));
        assertThat(error(bob)).isEqualTo("unavailable");
    }

    @Test
    void aDamagedSnapshotGivesWayToAnOlderOne() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        type(ann, 0, 3 * EVERY);
        List<StoreRead.Row> parts = rows("snapshot-parts");
        assertThat(parts).hasSize(3);
        change("snapshot-parts", parts.get(2), bytes -> {
            bytes[bytes.length / 2] ^= 1;
            return bytes;
        });
        restart();
        assertThat(content(rig, "notes")).isEqualTo(replayed(rig, "notes"));
    }

    /** Whole, and not the one that was written: what it consists of would not tell. */
    @Test
    void aSnapshotThatIsAnotherOneIsNotUsed() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        type(ann, 0, EVERY);
        SnapshotRow row = SnapshotRow.read(rows("snapshots").get(0).value()).get(0);
        change("snapshot-parts", rows("snapshot-parts").get(0), packed -> another(row, packed));
        restart();
        assertThat(content(rig, "notes")).isEqualTo(replayed(rig, "notes"));
    }

    /** Another text of the same length, packed into as many bytes. */
    private static byte[] another(SnapshotRow row, byte[] packed) {
        Snapshot was = SnapshotCodec.inflated(packed, row.bytes())
                .flatMap(SnapshotCodec::decode)
                .orElseThrow();
        int author = Marks.author(was.text().marked().delta().ops().get(0));
        for (char letter = 'k'; letter <= 'z'; letter++) {
            Delta change =
                    Delta.builder().insert(Character.toString(letter)).delete(1).build();
            Text text = new Text(was.text().revision(), was.text().marked().apply(Marks.marked(change, author)));
            byte[] other = SnapshotCodec.deflated(
                    SnapshotCodec.encode(new Snapshot(text, was.authors(), was.receipts(), was.companions())));
            if (other.length == packed.length) {
                return other;
            }
        }
        throw new AssertionError("no other text is packed into as many bytes");
    }

    @Test
    void withoutAnySnapshotAllOperationsAreReplayed() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        type(ann, 0, 3 * EVERY);
        for (StoreRead.Row part : rows("snapshot-parts")) {
            change("snapshot-parts", part, bytes -> new byte[] {1});
        }
        restart();
        assertThat(content(rig, "notes")).isEqualTo(replayed(rig, "notes"));
        change("snapshots", rows("snapshots").get(0), bytes -> "[{]".getBytes(StandardCharsets.UTF_8));
        restart();
        assertThat(content(rig, "notes")).isEqualTo(replayed(rig, "notes"));
    }

    @Test
    void aSnapshotOfAnotherHistoryIsNotUsed() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        type(ann, 0, EVERY);
        ann.leaves();
        rig.settle();
        SessionRig.Kept other = new SessionRig.Kept(
                rig.clock(),
                SessionRig.Kept.inMemory(Retention.ALL).log(),
                rig.kept().store());
        // This one takes none of its own: the other history's would be the newest.
        DocsConfig seldom = DocsConfig.DEFAULT.withSnapshots(100 * EVERY, 0);
        rig = rig(app(seldom), other);
        SessionRig.Client bob = joined(rig, 0, "bob", "notes");
        assertThat(content(rig, "notes").length()).isZero();
        for (int i = 0; i < EVERY + 2; i++) {
            bob.send(operation("notes", i, "[{\"insert\":\"z\"}]")).take();
        }
        rig = rig(app(seldom), other);
        assertThat(content(rig, "notes").text()).isEqualTo("z".repeat(EVERY + 2));
    }

    @Test
    void whatWasSentIsKnownAfterARestartToo() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        ann.send(operationOnce("o", "notes", 0, "[{\"insert\":\"x\"}]", "c1", 1))
                .take();
        type(ann, 1, EVERY);
        restart();
        SessionRig.Client again = joined(rig, 1, "ann", "notes");
        again.send(operationOnce("o", "notes", 0, "[{\"insert\":\"x\"}]", "c1", 1));
        List<JsonNode> frames = frames(again);
        assertThat(types(frames)).containsExactly("ack");
        assertThat(frames.get(0).at("/data/offset").longValue()).isEqualTo(1);
    }

    @Test
    void oldSnapshotsAreSpreadOverTheHistory() {
        List<SnapshotRow> rows = new ArrayList<>();
        for (long revision = 1; revision <= 1_000; revision++) {
            rows = new ArrayList<>(
                    Snapshots.withRow(rows, new SnapshotRow("e", revision, 0, 1, 1, 0, 0, true), Set.of()));
        }
        assertThat(rows).hasSize(Snapshots.ROWS_MAX);
        assertThat(rows.get(15).revision()).isEqualTo(1_000);
        assertThat(rows.get(14).revision()).isEqualTo(999);
        long largest = 0;
        long before = 0;
        for (SnapshotRow row : rows) {
            largest = Math.max(largest, row.revision() - before);
            before = row.revision();
        }
        assertThat(largest).isLessThan(200);
    }

    @Test
    void aSnapshotReadsBackAsWhatItWas() {
        Document content = Document.of(Delta.builder()
                .insert("plain \uD83D\uDE00")
                .insert("bold", Attributes.of("bold", true))
                .embed("image", "https://example.org/x.png")
                .build());
        Snapshot snapshot = new Snapshot(
                new Text(7, content.apply(Marks.marked(Delta.ofText("by somebody"), 1))),
                List.of(new Author("ann", "Ann"), new Author(null, null)),
                List.of(new Receipts.Stored(new Receipts.Client("ann", "c1"), List.of(1L, 2L), List.of(3L, 7L))),
                Map.of("comments", new byte[] {0, 1, 2}));
        byte[] bytes = SnapshotCodec.encode(snapshot);
        Snapshot read = SnapshotCodec.inflated(SnapshotCodec.deflated(bytes), bytes.length)
                .flatMap(SnapshotCodec::decode)
                .orElseThrow();
        assertThat(read.text().marked()).isEqualTo(snapshot.text().marked());
        assertThat(read.text().revision()).isEqualTo(7);
        assertThat(read.authors()).isEqualTo(snapshot.authors());
        assertThat(read.receipts()).isEqualTo(snapshot.receipts());
        assertThat(read.companions().get("comments")).containsExactly(0, 1, 2);
    }
}
