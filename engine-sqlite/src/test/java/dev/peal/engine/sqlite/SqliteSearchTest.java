package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.log.RoomLog;
import dev.peal.search.EntryText;
import dev.peal.search.Search;
import dev.peal.search.SearchRead;
import dev.peal.search.SearchRequest;
import dev.peal.testkit.Await;
import dev.peal.testkit.SearchContract;
import dev.peal.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract at whatever the index has come to; {@link WhenFilled} runs it over an index that has everything. */
class SqliteSearchTest extends SearchContract {
    @TempDir
    Path folder;

    private @Nullable SqliteLog log;
    private @Nullable SqliteSearch search;

    @Override
    protected RoomLog createLog(Clock clock, Function<String, Retention> retention) {
        SqliteLog is = new SqliteLog(
                new SqliteConfig(folder.resolve("log.db"), retention, Long.MAX_VALUE, SqliteConfig.Limits.DEFAULT),
                clock);
        log = is;
        return is;
    }

    @Override
    protected Search createSearch(RoomLog of, Function<String, Optional<EntryText>> texts) {
        SqliteSearch is = new SqliteSearch(file(), (SqliteLog) of, texts, 0);
        search = is;
        return is;
    }

    @Override
    protected void closeAll() {
        closeSearch();
        if (log != null) {
            log.close();
        }
    }

    Path file() {
        return folder.resolve("search.db");
    }

    private void closeSearch() {
        SqliteSearch open = search;
        search = null;
        if (open != null) {
            open.close();
        }
    }

    private void reopen() {
        search(createSearch(log(), SearchContract::text));
    }

    private static long count(Path file, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            return count(connection, sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static long count(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : -1;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void await(String what, String sql, long expected) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            Await.until(expected + " " + what, () -> count(connection, sql) == expected);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    void awaitIndexed(long entries) {
        await("entries in the index", "SELECT coalesce(sum(indexed), 0) FROM position", entries);
    }

    private void sayMany(int count) {
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            texts[i] = "hit " + i;
        }
        say(room, texts);
    }

    @Test
    void catchesUpAfterAStart() {
        sayMany(10);
        awaitIndexed(10);
        closeSearch();
        sayMany(1_000);
        reopen();
        assertThat(offsets("hit")).as("before it has caught up").hasSize(1_010);
        awaitIndexed(1_010);
        assertThat(offsets("hit")).hasSize(1_010).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(count(file(), "SELECT count(*) FROM words")).isEqualTo(1_010);
    }

    /** FTS5 would merge by itself, all at once in some commit, when sixteen pieces lie beside each other. */
    @Test
    void mergesWhatItAddedInPieces() {
        sayMany(1);
        closeSearch();
        sayMany(3_000);
        reopen();
        awaitIndexed(3_001);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            String pieces = "SELECT count(DISTINCT segid) FROM words_idx";
            Await.until("twelve pieces are merged", () -> count(connection, pieces) <= 6);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        assertThat(offsets("hit")).hasSize(3_001);
    }

    @Test
    void isMadeAnewWhereItIsMissingOrOfAnotherVersionOrLogOrDamaged() throws IOException, SQLException {
        sayMany(20);
        awaitIndexed(20);
        for (String damage :
                new String[] {"missing", "UPDATE meta SET version=0", "UPDATE meta SET epoch='x'", "text"}) {
            closeSearch();
            switch (damage) {
                case "missing" -> Files.delete(file());
                case "text" -> Files.writeString(file(), "this is no database, whatever its name says".repeat(100));
                default -> {
                    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                            Statement statement = connection.createStatement()) {
                        statement.execute(damage);
                    }
                }
            }
            reopen();
            awaitIndexed(20);
            assertThat(offsets("hit")).as(damage).hasSize(20);
            assertThat(count(file(), "SELECT count(*) FROM words")).as(damage).isEqualTo(20);
        }
    }

    @Test
    void forgetsWhatRetentionTook() {
        open(new Retention(Long.MAX_VALUE, 10, Long.MAX_VALUE));
        sayMany(700);
        await("in the index", "SELECT count(*) FROM words", 10);
        assertThat(offsets("hit")).startsWith(700L).endsWith(691L).hasSize(10);
    }

    @Test
    void findsNothingThatTheIndexMakesUp() throws SQLException {
        say(room, "hello", "world");
        say(new RoomKey("chat", "other"), "hello");
        awaitIndexed(3);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=2000");
            statement.execute("INSERT INTO words(rowid, text) VALUES(" + RowIds.of(1, 2) + ", '1§hello')");
            statement.execute("INSERT INTO words(rowid, text) VALUES(" + RowIds.of(1, 9) + ", '1§hello')");
        }
        assertThat(offsets("hello")).containsExactly(1L);
    }

    @Test
    void readsTheLogWhereItIsNotIndexedYetSoManyEntriesForOneRequest() {
        log();
        closeSearch();
        sayMany(1);
        String[] others = new String[SearchReader.SCAN_ENTRIES_MAX];
        Arrays.fill(others, "x");
        say(room, others);
        try (SearchReader reader =
                new SearchReader(Objects.requireNonNull(log).connections(), new SearchFile(file()))) {
            var request = new SearchRequest(room, "hit", Long.MAX_VALUE, 50);
            EntryText text = SearchContract.text("chat").orElseThrow();
            assertThat(reader.find(request, text)).isEqualTo(new SearchRead.Found(List.of(), 2L));
            assertThat(((SearchRead.Found) reader.find(request.before(2), text)).hits())
                    .hasSize(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The same, each time after the index has everything. */
    static final class WhenFilled extends SqliteSearchTest {
        @Override
        protected void beforeLooking() {
            String newest = "SELECT coalesce(sum(newest), 0) FROM room WHERE kind<>'other'";
            awaitIndexed(count(folder.resolve("log.db"), newest));
        }
    }
}
