package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Appended;
import dev.peal.log.LogRead;
import dev.peal.log.RoomKey;
import dev.peal.testkit.Await;
import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.time.Clock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look through the whole database that follows a stop that was not in order. */
final class CheckerTest {

    @TempDir
    Path folder;

    private final ManualOwner owner = new ManualOwner(new ManualClock());
    private final RoomKey lobby = new RoomKey("chat", "lobby");
    private final RoomKey garden = new RoomKey("chat", "garden");
    private Path file = Path.of("unset");

    @BeforeEach
    void write() throws SQLException {
        file = folder.resolve("log.db");
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            for (RoomKey room : List.of(lobby, garden)) {
                FeedProbe feed = new FeedProbe(log, room, owner).open();
                for (int i = 1; i <= 1_200; i++) {
                    feed.append("e" + i, "ann", "m" + i);
                }
                feed.awaitAnswers();
            }
        }
        // An orderly stop left no WAL, and one that was not leaves one: without the mark nothing is asked of it.
        execute("DELETE FROM meta WHERE name='stop'");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> found(SqliteLog log) {
        try {
            return log.checker().await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> found() {
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            return found(log);
        }
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        assertThat(found()).isEmpty();
    }

    @Test
    void looksOnlyAfterAStopThatWasNotInOrder() throws SQLException {
        assertThat(found()).isEmpty();
        execute("UPDATE entry SET body=zeroblob(30) WHERE id=(1<<36)+5");
        assertThat(found()).as("it was closed in order").isEmpty();
        execute("DELETE FROM meta WHERE name='stop'");
        assertThat(found()).containsExactly("chat/lobby: the entry at offset 5");
    }

    @Test
    void aDamagedEntryIsToldAndTheLogGoesOn() throws SQLException {
        execute("UPDATE entry SET body=zeroblob(30) WHERE id=(1<<36)+700");
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            assertThat(found(log)).containsExactly("chat/lobby: the entry at offset 700");
            assertThat(Reads.whole(log, lobby, owner)).isEqualTo(new LogRead.Failed());
            FeedProbe feed = new FeedProbe(log, lobby, owner).open();
            feed.append("more");
            feed.awaitAnswers();
            assertThat(feed.answers.getFirst()).isInstanceOf(Appended.Stored.class);
            assertThat(log.writable()).isTrue();
        }
    }

    @Test
    void missingEntriesAreTold() throws SQLException {
        execute("DELETE FROM entry WHERE id IN ((1<<36)+700, (1<<36)+1200)");
        assertThat(found())
                .containsExactly(
                        "chat/lobby: entries from offset 700 are missing",
                        "chat/lobby: entries from offset 1200 are missing");
    }

    @Test
    void aLostMessageIdIsTold() throws SQLException {
        execute("DELETE FROM message_id WHERE entry=(1<<36)+9");
        assertThat(found()).containsExactly("chat/lobby: the message id of the entry at offset 9");
    }

    @Test
    void aDamagedRowMakesItsRoomUnavailableAndNoOther() throws SQLException {
        execute("UPDATE room SET newest=newest-1 WHERE id='lobby'");
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            assertThat(found(log)).containsExactly("the row of the room number 1, chat/lobby");
            FeedProbe other = new FeedProbe(log, garden, owner).open();
            FeedProbe feed = new FeedProbe(log, lobby, owner);
            owner.runUntil("a refusal", feed::hasFailed);
            assertThat(Reads.whole(log, lobby, owner)).isEqualTo(new LogRead.Failed());
            other.append("goes on");
            other.awaitAnswers();
            assertThat(other.answers.getFirst()).isInstanceOf(Appended.Stored.class);
        }
    }

    @Test
    void entriesOfNoRoomStopAllWriting() throws SQLException {
        execute("DELETE FROM room WHERE no=1");
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            assertThat(found(log)).containsExactly("entries of a room number 1 that is not known");
            Await.until("it is not ready", () -> !log.writable());
            assertThat(Reads.all(log, garden, owner).entries())
                    .as("readers go on")
                    .hasSize(1_200);
        }
    }
}
