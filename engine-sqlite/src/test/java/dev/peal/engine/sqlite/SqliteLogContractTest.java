package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.LogRead;
import dev.peal.log.ReadRequest.Direction;
import dev.peal.log.Retention;
import dev.peal.log.RoomLog;
import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.RoomLogContract;
import dev.peal.time.Clock;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteLogContractTest extends RoomLogContract {
    @TempDir
    Path folder;

    private int files;

    @Override
    protected RoomLog create(Clock clock, Function<String, Retention> retention) {
        return open(clock, retention, "log-" + files++ + ".db");
    }

    private SqliteLog open(Clock clock, Function<String, Retention> retention, String name) {
        Path file = folder.resolve(name);
        return new SqliteLog(new SqliteConfig(file, retention, Long.MAX_VALUE, SqliteConfig.Limits.DEFAULT), clock);
    }

    @Override
    protected void trim(RoomLog log) {
        ((SqliteLog) log).trimSoon();
    }

    @Test
    void goesOnWhereItStopped() {
        FeedProbe before = follow();
        before.append("a", "ann", "m1");
        before.append("b");
        before.awaitAnswers();
        closeLog();
        try (SqliteLog again = open(clock, kind -> Retention.ALL, "log-0.db")) {
            FeedProbe after = new FeedProbe(again, room, owner).open();
            assertThat(after.epoch()).isEqualTo(before.epoch());
            assertThat(after.calls.getFirst()).isEqualTo("opened 1..2");
            after.append("a", "ann", "m1");
            after.append("c", 2);
            after.awaitAnswers();
            assertThat(after.calls).contains("duplicate 1", "stored 3");
            assertThat(after.epoch()).isEqualTo(before.epoch());
        }
    }

    @Test
    void leavesNothingBesideTheFileWhenItCloses() {
        follow().append("a");
        closeLog();
        assertThat(folder.toFile().list()).containsExactly("log-0.db");
    }

    @Test
    void leavesNothingBehindOfARoomThatWasOnlyLookedAt() {
        String epoch = follow().epoch();
        assertThat(read(Direction.AFTER, 0, 1)).isEqualTo(new LogRead.Complete(epoch, 1, 0, java.util.List.of()));
        closeLog();
        try (SqliteLog again = open(clock, kind -> Retention.ALL, "log-0.db")) {
            assertThat(new FeedProbe(again, room, owner).open().epoch()).isEqualTo(epoch);
        }
    }
}
