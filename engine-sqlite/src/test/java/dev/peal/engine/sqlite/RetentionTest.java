package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Feed;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the whole database may take, over all rooms. What a kind of rooms keeps is in the contract. */
final class RetentionTest {
    private static final int ROOMS = 100;
    private static final int MINUTES = 64;
    private static final long TOTAL = 3 << 20;
    private static final String TEXT = "x".repeat(1_000);

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final ManualOwner owner = new ManualOwner(clock);

    private SqliteLog open(long bytesMax) {
        return new SqliteLog(
                new SqliteConfig(
                        folder.resolve("log.db"), kind -> Retention.ALL, bytesMax, SqliteConfig.Limits.DEFAULT),
                clock);
    }

    @Test
    void theOldestEntriesOfAllRoomsGoUntilTheRestFits() {
        try (SqliteLog log = open(TOTAL)) {
            List<FeedProbe> feeds = new ArrayList<>();
            for (int i = 0; i < ROOMS; i++) {
                feeds.add(new FeedProbe(log, room(i), owner).open());
            }
            // A minute's entry in each room; the second half of the rooms falls silent half way.
            for (int minute = 0; minute < MINUTES; minute++) {
                for (int i = 0; i < (minute < MINUTES / 2 ? ROOMS : ROOMS / 2); i++) {
                    feeds.get(i).append(FeedProbe.draft("ann", null, TEXT, clock.millis()), Feed.ANY);
                }
                clock.advanceMillis(60_000);
            }
            feeds.forEach(FeedProbe::awaitAnswers);
            owner.runUntil("it fits", () -> {
                log.trimSoon();
                return used() <= TOTAL;
            });
            List<Long> oldest = new ArrayList<>();
            for (int i = 0; i < ROOMS; i++) {
                LogRead.Complete tail = tail(log, i);
                assertThat(tail.newest()).isEqualTo(i < ROOMS / 2 ? MINUTES : MINUTES / 2);
                assertThat(tail.entries()).as("the newest stays").isNotEmpty();
                oldest.add(tail.oldest());
            }
            long most = oldest.subList(0, ROOMS / 2).stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElseThrow();
            long least = oldest.stream().mapToLong(Long::longValue).min().orElseThrow();
            assertThat(least).as("something went").isGreaterThan(1);
            assertThat(most - least).as("minutes between rooms, of " + MINUTES).isLessThanOrEqualTo(MINUTES / 2);
        }
    }

    @Test
    void whatMeansNothingWithoutItsPastYieldsToNobody() {
        SqliteConfig config = new SqliteConfig(
                folder.resolve("log.db"),
                kind -> kind.equals("docs") ? Retention.UNTIL_TRIMMED : Retention.ALL,
                TOTAL,
                SqliteConfig.Limits.DEFAULT);
        try (SqliteLog log = new SqliteLog(config, clock)) {
            RoomKey document = new RoomKey("docs", "notes");
            FeedProbe kept = new FeedProbe(log, document, owner).open();
            FeedProbe yielding = new FeedProbe(log, room(0), owner).open();
            for (int i = 0; i < 2_000; i++) {
                kept.append(FeedProbe.draft("ann", null, TEXT, clock.millis()), Feed.ANY);
                yielding.append(FeedProbe.draft("ann", null, TEXT, clock.millis()), Feed.ANY);
                clock.advanceMillis(1_000);
            }
            kept.awaitAnswers();
            yielding.awaitAnswers();
            owner.runUntil("it fits", () -> {
                log.trimSoon();
                return used() <= TOTAL;
            });
            List<LogRead> read = new ArrayList<>();
            ReadRequest all = new ReadRequest(
                    document, null, ReadRequest.Direction.AFTER, 0, Integer.MAX_VALUE, Integer.MAX_VALUE);
            log.read(all, owner, read::add);
            owner.runUntil("it is read", () -> !read.isEmpty());
            assertThat(((LogRead.Complete) read.get(0)).entries()).hasSize(2_000);
            assertThat(tail(log, 0).oldest()).isGreaterThan(1);
        }
    }

    @Test
    void nothingGoesWhileAllFits() {
        try (SqliteLog log = open(1 << 30)) {
            FeedProbe feed = new FeedProbe(log, room(0), owner).open();
            for (int i = 0; i < 500; i++) {
                feed.append(TEXT);
            }
            feed.awaitAnswers();
            clock.advanceMillis(1_000_000);
            log.trimSoon();
            feed.append(TEXT);
            feed.awaitAnswers();
            assertThat(tail(log, 0).oldest()).isEqualTo(1);
        }
    }

    @Test
    void appendsGoOnWhileItIsTrimmed() {
        try (SqliteLog log = open(1 << 20)) {
            FeedProbe feed = new FeedProbe(log, room(0), owner).open();
            for (int i = 0; i < 5_000; i++) {
                feed.append(FeedProbe.draft("ann", null, TEXT, clock.millis()), Feed.ANY);
                clock.advanceMillis(10);
                if (i % 100 == 0) {
                    log.trimSoon();
                    feed.awaitAnswers();
                }
            }
            feed.awaitAnswers();
            assertThat(feed.entries).hasSize(5_000);
            owner.runUntil("it fits", () -> {
                log.trimSoon();
                return used() <= 1 << 20;
            });
            assertThat(tail(log, 0).newest()).isEqualTo(5_000);
        }
    }

    /** Where a damaged room ends a step of trimming, all that the step had done is undone on the disk: nothing else may believe that it was done. */
    @Test
    void aDamagedRoomKeepsItsOwnEntriesAndNobodyElses() throws SQLException {
        int entries = 1_000;
        int kept = 100;
        try (SqliteLog log = open(1 << 30)) {
            for (int i = 0; i < 3; i++) {
                FeedProbe feed = new FeedProbe(log, room(i), owner).open();
                IntStream.range(0, entries).forEach(n -> feed.append(TEXT));
                feed.awaitAnswers();
            }
        }
        execute("UPDATE room SET newest=newest-1 WHERE id='room-1'");
        Retention few = new Retention(Long.MAX_VALUE, kept, Long.MAX_VALUE);
        SqliteConfig config =
                new SqliteConfig(folder.resolve("log.db"), kind -> few, 1 << 30, SqliteConfig.Limits.DEFAULT);
        try (SqliteLog log = new SqliteLog(config, clock)) {
            FeedProbe before = new FeedProbe(log, room(0), owner).open();
            FeedProbe behind = new FeedProbe(log, room(2), owner).open();
            log.trimSoon();
            for (FeedProbe feed : List.of(before, behind)) {
                feed.append(TEXT); // writes down where the room stands
                feed.awaitAnswers();
            }
            owner.runUntil("all others are trimmed", () -> {
                log.trimSoon();
                return tail(log, 0).oldest() > entries - kept && tail(log, 2).oldest() > entries - kept;
            });
        }
        for (int no : new int[] {1, 3}) {
            long stored = count("SELECT count(*) FROM entry WHERE id>>36=" + no);
            assertThat(count("SELECT newest-trimmed FROM room WHERE no=" + no)).isEqualTo(stored);
            assertThat(stored).isBetween((long) kept, kept + 1L);
        }
        assertThat(count("SELECT count(*) FROM entry WHERE id>>36=2")).isEqualTo(entries);
    }

    private static RoomKey room(int number) {
        return new RoomKey("chat", "room-" + number);
    }

    private LogRead.Complete tail(SqliteLog log, int room) {
        ReadRequest last =
                new ReadRequest(room(room), null, ReadRequest.Direction.BEFORE, Long.MAX_VALUE, 1, Integer.MAX_VALUE);
        return (LogRead.Complete) Reads.answer(log, last, owner);
    }

    /** Bytes of the pages that are in use. */
    private long used() {
        return count(
                "SELECT (p.page_count - f.freelist_count) * 4096 FROM pragma_page_count p, pragma_freelist_count f");
    }

    private long count(String sql) {
        try (Connection connection = new Connections(folder.resolve("log.db")).reader()) {
            return Numbers.of(connection, sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("log.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
