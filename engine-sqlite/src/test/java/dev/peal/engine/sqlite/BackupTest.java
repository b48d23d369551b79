package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.log.Appended;
import dev.peal.log.Entry;
import dev.peal.log.Feed;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.time.Clock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {
    /** About 10 MiB; nightly 1 GiB. */
    private static final int ENTRIES = Boolean.getBoolean("peal.nightly") ? 512_000 : 5_000;

    private static final int WINDOW = 64;

    /** A backup that begins anew for each commit would never end otherwise. */
    private static final int MEANWHILE_MAX = 4 * ENTRIES;

    private static final int STEP_PAGES = 1_024;
    private static final String TEXT = "x".repeat(2_000);

    /** A gibibyte is read in pieces. */
    private static final int PAGE_TEXTS = 10_000;

    @TempDir
    Path folder;

    private final ManualOwner owner = new ManualOwner(new ManualClock());
    private final RoomKey room = new RoomKey("chat", "lobby");

    private Path copy() {
        return folder.resolve("copy.db");
    }

    private SqliteLog open(String name) {
        return new SqliteLog(SqliteConfig.of(folder.resolve(name)), Clock.SYSTEM);
    }

    /** Fills a log, a probe's worth at a time (it remembers all that it saw), and answers with its epoch. */
    private String write(SqliteLog log, int entries) {
        int left = entries;
        while (true) {
            FeedProbe feed = new FeedProbe(log, room, owner).open();
            int now = Math.min(left, PAGE_TEXTS);
            for (int i = 0; i < now; i++) {
                feed.append(TEXT);
            }
            feed.awaitAnswers();
            feed.close();
            assertThat(feed.answers).allMatch(answer -> answer instanceof Appended.Stored);
            left -= now;
            if (left == 0) {
                return feed.epoch();
            }
        }
    }

    private LogRead.Complete read(SqliteLog log) {
        return read(log, 0);
    }

    private LogRead.Complete read(SqliteLog log, long after) {
        List<LogRead> answers = new ArrayList<>();
        ReadRequest page = new ReadRequest(
                room, null, ReadRequest.Direction.AFTER, after, Integer.MAX_VALUE, PAGE_TEXTS * TEXT.length());
        log.read(page, owner, answers::add);
        owner.runUntil("a read", () -> !answers.isEmpty());
        return (LogRead.Complete) answers.getFirst();
    }

    @Test
    void holdsEverythingThatWasAcknowledgedBeforeItBeganWhileWritingGoesOn() throws IOException {
        AtomicInteger steps = new AtomicInteger();
        try (SqliteLog log = open("log.db")) {
            write(log, ENTRIES);
            FeedProbe feed = new FeedProbe(log, room, owner).open();
            long began = System.nanoTime();
            CompletableFuture<Void> backup = CompletableFuture.runAsync(
                    () -> Backup.copy(folder.resolve("log.db"), copy(), percent -> steps.incrementAndGet()));
            int sent = 0;
            while (!backup.isDone() && sent < MEANWHILE_MAX) {
                for (; sent < feed.answers.size() + WINDOW; sent++) {
                    feed.append(TEXT);
                }
                owner.iterate();
            }
            backup.join();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            feed.awaitAnswers();
            System.out.println("backup: " + ENTRIES + " entries in " + millis + " ms, " + sent + " appended meanwhile");
            assertThat(feed.answers).isNotEmpty().allMatch(answer -> answer instanceof Appended.Stored);
        }
        long pages = Files.size(copy()) / Connections.PAGE_BYTES;
        assertThat(steps.get())
                .as("steps: it copies one moment, and never begins anew for what is written meanwhile")
                .isLessThanOrEqualTo((int) (pages / STEP_PAGES) + 1);
        Backup.verify(copy(), percent -> {});
        try (SqliteLog copied = open("copy.db")) {
            long last = 0;
            for (List<Entry> page = read(copied).entries();
                    !page.isEmpty();
                    page = read(copied, last).entries()) {
                assertThat(page.getFirst().offset()).isEqualTo(last + 1);
                assertThat(page).extracting(FeedProbe::text).containsOnly(TEXT);
                last = page.getLast().offset();
            }
            assertThat(last).isGreaterThanOrEqualTo(ENTRIES);
        }
    }

    @Test
    void beginsAnotherHistoryInEveryRoom() {
        String epoch;
        try (SqliteLog log = open("log.db")) {
            epoch = write(log, 3);
            List<Object> answers = new ArrayList<>();
            log.store().put(new StoreKey("t", "k"), new byte[] {7}, Store.ANY, owner, answers::add);
            owner.runUntil("an answer", () -> !answers.isEmpty());
            Backup.copy(folder.resolve("log.db"), copy(), percent -> {});
        }
        Backup.beginNewEpoch(copy());
        Backup.verify(copy(), percent -> {});
        try (SqliteLog restored = open("copy.db")) {
            LogRead.Complete read = read(restored);
            assertThat(read.epoch()).isNotEqualTo(epoch);
            assertThat(read.entries()).hasSize(3);
            FeedProbe other = new FeedProbe(restored, new RoomKey("chat", "new"), owner).open();
            assertThat(other.epoch()).isEqualTo(read.epoch());
            FeedProbe feed = new FeedProbe(restored, room, owner).open();
            feed.append(FeedProbe.draft("ann", null, "on", 1), Feed.ANY);
            feed.awaitAnswers();
            assertThat(feed.answers).containsExactly(new Appended.Stored(read.epoch(), 4, false));
            List<StoreRead> values = new ArrayList<>();
            restored.store().get(new StoreKey("t", "k"), owner, values::add);
            owner.runUntil("a value", () -> !values.isEmpty());
            assertThat(((StoreRead.Rows) values.getFirst())
                            .first()
                            .orElseThrow()
                            .value())
                    .containsExactly(7);
        }
    }

    @Test
    void refusesADamagedCopy() throws IOException {
        try (SqliteLog log = open("log.db")) {
            write(log, 100);
        }
        Path sound = folder.resolve("log.db");
        long seed = System.nanoTime();
        System.out.println("damaged copies: seed " + seed);
        Random random = new Random(seed);
        byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
        long at = (long) indexOf(Files.readAllBytes(sound), text) + random.nextInt(1_000);
        try (RandomAccessFile file = new RandomAccessFile(sound.toFile(), "rw")) {
            file.seek(at);
            file.write('y');
        }
        Backup.copy(sound, copy(), percent -> {});
        assertThatThrownBy(() -> Backup.verify(copy(), percent -> {}))
                .isInstanceOf(SqliteLogException.class)
                .hasMessageContaining("damaged or missing entry");
        Files.write(copy(), new byte[8_192]);
        assertThatThrownBy(() -> Backup.verify(copy(), percent -> {})).isInstanceOf(SqliteLogException.class);
    }

    private static int indexOf(byte[] file, byte[] text) {
        for (int at = 0; at + text.length <= file.length; at++) {
            if (Arrays.equals(file, at, at + text.length, text, 0, text.length)) {
                return at;
            }
        }
        throw new AssertionError("not in the file");
    }
}
