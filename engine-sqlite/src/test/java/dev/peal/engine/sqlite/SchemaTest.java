package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest;
import dev.peal.log.RoomKey;
import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of other versions, and places where none can be written. */
final class SchemaTest {
    @TempDir
    Path folder;

    private final ManualOwner owner = new ManualOwner(new ManualClock());
    private final RoomKey room = new RoomKey("chat", "lobby");

    /** The first version's database, as that version wrote it: one room, its epoch, three entries, one message id. */
    private Path firstVersion() throws IOException, SQLException {
        Path file = folder.resolve("old.db");
        try (InputStream sql = SchemaTest.class.getResourceAsStream("schema-1.sql");
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String line : new String(sql.readAllBytes(), StandardCharsets.UTF_8).split(";\n", -1)) {
                if (!line.isBlank()) {
                    statement.execute(line);
                }
            }
        }
        return file;
    }

    @Test
    void bringsTheFirstVersionsDatabaseUpToDateWithAllThatItHolds() throws IOException, SQLException {
        Path file = firstVersion();
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            FeedProbe feed = new FeedProbe(log, room, owner).open();
            assertThat(feed.epoch()).isEqualTo("0f1e2d3c4b5a6978");
            assertThat(feed.calls.getFirst()).isEqualTo("opened 1..3");
            feed.append("a", "ann", "m1");
            feed.append("d");
            feed.awaitAnswers();
            assertThat(feed.calls).contains("duplicate 1", "stored 4");
            assertThat(Reads.all(log, room, owner).entries())
                    .extracting(FeedProbe::text)
                    .containsExactly("a", "b", "c", "d");
        }
        assertThat(scalar(file, "SELECT value FROM meta WHERE name='schema'")).isEqualTo("2");
        assertThat(scalar(file, "SELECT count(*) FROM sqlite_schema WHERE name='room_by_id'"))
                .isEqualTo("1");
    }

    @Test
    void takesUpAnUpgradeThatWasCutOff() throws IOException, SQLException {
        Path file = firstVersion();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("CREATE UNIQUE INDEX room_by_id ON room(id, kind)");
        }
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            assertThat(Reads.all(log, room, owner).entries()).hasSize(3);
        }
    }

    @Test
    void refusesADatabaseOfANewerVersionAndLeavesItAsItIs() throws IOException, SQLException {
        Path file = firstVersion();
        execute(file, "UPDATE meta SET value='99' WHERE name='schema'");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM))
                .isInstanceOf(SqliteLogException.class)
                .hasMessage(file + " is from a newer version of Peal (schema 99, this one knows up to 2)");
        assertThat(scalar(file, "SELECT value FROM meta WHERE name='schema'")).isEqualTo("99");
        assertThat(Files.size(file)).isEqualTo(before.length);
    }

    @Test
    void refusesWhatIsNoDatabaseInOneLine() throws IOException {
        Path file =
                Files.writeString(folder.resolve("text.db"), "not a database, but long enough to look at ".repeat(50));
        assertThatThrownBy(() -> new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM))
                .isInstanceOf(SqliteLogException.class)
                .hasMessageStartingWith("cannot open " + file)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void refusesAFolderThatCannotBeWrittenInOneLine() throws IOException, InterruptedException {
        Path readOnly = Files.createDirectory(folder.resolve("read-only"));
        boolean root = Machine.isRoot();
        if (root) {
            assumeTrue(
                    Machine.run("mount", "-t", "tmpfs", "-o", "ro", "peal-test", readOnly.toString()) == 0, "no mount");
        } else {
            assumeTrue(readOnly.toFile().setWritable(false), "not run: needs permissions");
        }
        try {
            assertThatThrownBy(() -> new SqliteLog(SqliteConfig.of(readOnly.resolve("log.db")), Clock.SYSTEM))
                    .isInstanceOf(SqliteLogException.class)
                    .hasMessageStartingWith("cannot open " + readOnly)
                    .message()
                    .doesNotContain("\n");
        } finally {
            if (root) {
                Machine.run("umount", readOnly.toString());
            }
        }
    }

    @Test
    void everyNewHistoryHasANewEpoch() throws IOException {
        Path file = folder.resolve("wiped.db");
        java.util.Set<String> epochs = new java.util.HashSet<>();
        for (int i = 0; i < 100; i++) {
            try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
                FeedProbe feed = new FeedProbe(log, room, owner).open();
                feed.append("x");
                feed.awaitAnswers();
                assertThat(epochs.add(feed.epoch())).as("wiped " + i + " times").isTrue();
            }
            Files.delete(file);
        }
    }

    @Test
    void aWalThatWasTakenAwayIsANewEpoch() throws IOException {
        Path file = folder.resolve("log.db");
        Path copy = folder.resolve("copy.db");
        String epoch;
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            FeedProbe feed = new FeedProbe(log, room, owner).open();
            feed.append("x");
            feed.awaitAnswers();
            epoch = feed.epoch();
            // As the log lies there if the process ends now, without what is in the WAL.
            Files.copy(file, copy);
        }
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(copy), Clock.SYSTEM)) {
            assertThat(new FeedProbe(log, room, owner).open().epoch()).isNotEqualTo(epoch);
            ReadRequest since = new ReadRequest(room, epoch, ReadRequest.Direction.AFTER, 1, 10, 1_000);
            assertThat(Reads.answer(log, since, owner)).isInstanceOf(LogRead.OtherEpoch.class);
        }
    }

    @Test
    void anOrderlyStopNeedsNoCheckAndAKilledOneKeepsTheEpoch() throws IOException, SQLException {
        Path file = folder.resolve("log.db");
        String epoch;
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(file), Clock.SYSTEM)) {
            FeedProbe feed = new FeedProbe(log, room, owner).open();
            feed.append("x");
            feed.awaitAnswers();
            epoch = feed.epoch();
        }
        Path killed = folder.resolve("killed.db");
        Startup startup = Startup.open(new Connections(file));
        assertThat(startup.check()).isFalse();
        Files.copy(file, killed);
        Files.copy(folder.resolve("log.db-wal"), folder.resolve("killed.db-wal"));
        startup.database().close();
        startup = Startup.open(new Connections(killed));
        assertThat(startup.check()).as("that one did not stop in order").isTrue();
        startup.database().finish();
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(killed), Clock.SYSTEM)) {
            List<Entry> entries = Reads.all(log, room, owner).entries();
            assertThat(entries).hasSize(1);
            assertThat(new FeedProbe(log, room, owner).open().epoch()).isEqualTo(epoch);
        }
    }

    private static String scalar(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                java.sql.ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
