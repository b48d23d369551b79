package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.peal.log.Appended;
import dev.peal.log.Entry;
import dev.peal.log.RoomKey;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreWrite;
import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full disk: made by SQLite's own limit on the number of pages, whose error is that of a full disk and which every machine has; and a real one, of 16 MiB in
 * memory, where root can mount it.
 */
final class DiskFullTest {
    private static final int FULL_PAGES = 60;
    private static final String TEXT = "x".repeat(1_000);

    @TempDir
    Path folder;

    private final ManualOwner owner = new ManualOwner(new ManualClock());
    private final RoomKey room = new RoomKey("chat", "lobby");
    private Quota quota = new Quota(Path.of("unset"));

    @BeforeEach
    void limit() {
        quota = new Quota(folder.resolve("log.db"));
    }

    /** Connections whose writer has only so many pages. */
    private static final class Quota extends Connections {
        private final AtomicInteger opened = new AtomicInteger();
        private volatile int pages = FULL_PAGES;

        private Quota(Path file) {
            super(file);
        }

        @Override
        Connection writer() throws SQLException {
            opened.incrementAndGet();
            Connection connection = super.writer();
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count=" + pages);
            }
            return connection;
        }
    }

    private SqliteLog open() {
        return new SqliteLog(SqliteConfig.of(quota.file()), Clock.SYSTEM, quota);
    }

    @Test
    void stopsAcknowledgingAndHealsWhenSpaceReturns() {
        try (SqliteLog log = open()) {
            FeedProbe feed = new FeedProbe(log, room, owner).open();
            FeedProbe watcher = new FeedProbe(log, room, owner).open();
            owner.runUntil("the disk is full", () -> {
                feed.append(TEXT);
                feed.awaitAnswers();
                return feed.answers.getLast() instanceof Appended.Unavailable;
            });
            assertThat(log.writable()).isFalse();
            awaitATry(log);
            assertThat(log.writable()).as("it says so as long as it is full").isFalse();
            List<Long> acknowledged = acknowledged(feed);
            assertThat(offsets(log)).as("readers go on").containsAll(acknowledged);

            feed.append("while full");
            feed.awaitAnswers();
            assertThat(feed.answers.getLast()).isEqualTo(new Appended.Unavailable());
            assertThat(acknowledged(feed)).isEqualTo(acknowledged);

            quota.pages = 100_000;
            owner.runUntil("it writes again", log::writable);
            feed.append("after");
            feed.awaitAnswers();
            assertThat(feed.answers.getLast()).isInstanceOf(Appended.Stored.class);
            List<Long> stored = offsets(log);
            assertThat(stored).containsAll(acknowledged(feed)).isSorted().doesNotHaveDuplicates();
            watcher.awaitEntries(stored.size());
            assertThat(watcher.entries).extracting(Entry::offset).isEqualTo(stored);
        }
    }

    /** What a failed sync left in the WAL can be read and may not be on the disk: nothing goes on before all of it was written anew. */
    @Test
    void doesNotGoOnWithAWalThatItCannotCopyWhole() throws SQLException {
        try (SqliteLog log = open();
                Connection reader = quota.reader();
                Statement statement = reader.createStatement()) {
            FeedProbe feed = new FeedProbe(log, room, owner).open();
            feed.append("before");
            feed.awaitAnswers();
            statement.execute("BEGIN");
            assertThat(Numbers.of(reader, "SELECT count(*) FROM entry")).isEqualTo(1);
            owner.runUntil("the disk is full", () -> {
                feed.append(TEXT);
                feed.awaitAnswers();
                return feed.answers.getLast() instanceof Appended.Unavailable;
            });
            quota.pages = 100_000;
            awaitATry(log);
            assertThat(log.writable()).as("an older moment is still read").isFalse();
            statement.execute("ROLLBACK");
            owner.runUntil("it writes again", log::writable);
        }
    }

    /** One attempt to heal is over when the next one begins. */
    private void awaitATry(SqliteLog log) {
        int before = quota.opened.get();
        owner.runUntil("it was tried", () -> log.writable() || quota.opened.get() >= before + 2);
    }

    @Test
    void refusesWritesToTheStoreUntilSpaceReturns() {
        try (SqliteLog log = open()) {
            List<StoreWrite> answers = new ArrayList<>();
            owner.runUntil("the disk is full", () -> {
                write(log.store(), answers);
                return answers.getLast() instanceof StoreWrite.Unavailable;
            });
            write(log.store(), answers);
            assertThat(answers.getLast()).isEqualTo(new StoreWrite.Unavailable());
            quota.pages = 100_000;
            owner.runUntil("it writes again", log::writable);
            write(log.store(), answers);
            assertThat(answers.getLast()).isInstanceOf(StoreWrite.Done.class);
        }
    }

    private void write(Store store, List<StoreWrite> answers) {
        int before = answers.size();
        byte[] value = TEXT.getBytes(StandardCharsets.UTF_8);
        store.put(new StoreKey("t", "k" + before), value, Store.ANY, owner, answers::add);
        owner.runUntil("an answer", () -> answers.size() > before);
    }

    @Test
    void answersUnavailableToEverythingInAFailedCommit() {
        try (SqliteLog log = open()) {
            FeedProbe feed = new FeedProbe(log, room, owner).open();
            for (int i = 0; i < 2_000; i++) {
                feed.append(TEXT);
            }
            feed.awaitAnswers();
            int stored = acknowledged(feed).size();
            assertThat(feed.answers.subList(0, stored)).allMatch(answer -> answer instanceof Appended.Stored);
            assertThat(feed.answers.subList(stored, 2_000)).containsOnly(new Appended.Unavailable());
            assertThat(feed.entries).hasSize(stored);
        }
    }

    @Test
    void opensARoomForReadersWhileItCannotWrite() {
        try (SqliteLog log = open()) {
            FeedProbe feed = new FeedProbe(log, room, owner).open();
            owner.runUntil("the disk is full", () -> {
                feed.append(TEXT);
                feed.awaitAnswers();
                return !log.writable();
            });
            FeedProbe second = new FeedProbe(log, new RoomKey("chat", "other"), owner);
            owner.runUntil("it is open", () -> !second.calls.isEmpty());
            assertThat(second.hasFailed()).isFalse();
            second.append("no");
            second.awaitAnswers();
            assertThat(second.answers).containsExactly(new Appended.Unavailable());
            assertThat(second.entries).isEmpty();
        }
    }

    @Test
    void holdsOnARealDiskOfSixteenMebibytes() throws IOException, InterruptedException {
        assumeTrue(Machine.isRoot(), "not run: needs root");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                Machine.run("mount", "-t", "tmpfs", "-o", "size=16m", "peal-test", disk.toString()) == 0,
                "not run: needs a mount");
        try {
            Path ballast = Files.write(disk.resolve("ballast"), new byte[8 << 20]);
            Path file = disk.resolve("log.db");
            List<Long> acknowledged = fillAndFree(file, ballast);
            try (SqliteLog again = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
                assertThat(offsets(again)).containsAll(acknowledged).isSorted().doesNotHaveDuplicates();
            }
        } finally {
            Machine.run("umount", disk.toString());
        }
    }

    /** Answers what was acknowledged: before the disk was full, and after there was space again. */
    private List<Long> fillAndFree(Path file, Path ballast) throws IOException {
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            FeedProbe feed = new FeedProbe(log, room, owner).open();
            owner.runUntil("the disk is full", () -> {
                for (int i = 0; i < 50; i++) {
                    feed.append(TEXT);
                }
                feed.awaitAnswers();
                return feed.answers.getLast() instanceof Appended.Unavailable;
            });
            assertThat(log.writable()).isFalse();
            List<Long> before = acknowledged(feed);
            assertThat(offsets(log)).as("readers go on").containsAll(before);
            feed.append("while full");
            feed.awaitAnswers();
            assertThat(feed.answers.getLast()).isEqualTo(new Appended.Unavailable());
            Files.delete(ballast);
            long freed = System.nanoTime();
            owner.runUntil("it writes again", log::writable);
            long millis = (System.nanoTime() - freed) / 1_000_000;
            System.out.println(
                    "disk full: " + before.size() + " acknowledged before, writes again after " + millis + " ms");
            if (Boolean.getBoolean("peal.nightly")) {
                assertThat(millis).isLessThanOrEqualTo(5_000);
            }
            feed.append("after");
            feed.awaitAnswers();
            assertThat(feed.answers.getLast()).isInstanceOf(Appended.Stored.class);
            return acknowledged(feed);
        }
    }

    private static List<Long> acknowledged(FeedProbe feed) {
        return feed.answers.stream()
                .filter(answer -> answer instanceof Appended.Stored)
                .map(answer -> ((Appended.Stored) answer).offset())
                .toList();
    }

    private List<Long> offsets(SqliteLog log) {
        return Reads.all(log, room, owner).entries().stream().map(Entry::offset).toList();
    }
}
