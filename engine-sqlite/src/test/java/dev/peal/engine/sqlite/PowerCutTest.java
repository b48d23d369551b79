package dev.peal.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.peal.engine.sqlite.Trace.Step;
import dev.peal.log.Entry;
import dev.peal.log.LogRead;
import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power is cut at any moment: a real process's system calls are recorded, and the disk is left in states that a cut between two of them may leave. Every
 * entry that was acknowledged before the cut must be there, in a database that SQLite finds sound.
 */
final class PowerCutTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("peal.nightly");
    private static final int STATES = NIGHTLY ? 1_500 : 120;
    private static final int APPENDS = NIGHTLY ? 1_500 : 400;
    private static final int FAULTY_RUNS = NIGHTLY ? 20 : 2;
    private static final int FAULTY_APPENDS = NIGHTLY ? 5_000 : 600;
    private static final int FAULTY_STATES = NIGHTLY ? 60 : 25;

    @TempDir
    Path folder;

    private final ManualOwner owner = new ManualOwner(new ManualClock());
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @BeforeEach
    void needsStrace() throws InterruptedException {
        assumeTrue(Machine.canTrace(), "not run: needs strace");
        System.out.println("power cuts: seed " + seed);
    }

    @Test
    void losesNothingThatWasAcknowledged() throws IOException, InterruptedException {
        List<Step> steps = Trace.record(folder.resolve("log.db"), APPENDS, "FULL", List.of());
        List<String> wrong = cuts(steps, STATES);
        System.out.println(
                "power cuts: " + STATES + " states of " + steps.size() + " steps, " + wrong.size() + " wrong");
        assertThat(wrong).isEmpty();
    }

    /** The guard taken away: what the test above shows is shown only if it can fail. */
    @Test
    void losesAcknowledgedEntriesWhereCommitsAreNotSynced() throws IOException, InterruptedException {
        List<Step> steps = Trace.record(folder.resolve("log.db"), APPENDS, "NORMAL", List.of());
        List<String> wrong = cuts(steps, STATES / 4);
        System.out.println("power cuts without syncs: " + STATES / 4 + " states, " + wrong.size() + " wrong");
        assertThat(wrong).isNotEmpty();
    }

    /**
     * Writes and syncs fail for real, in the kernel's stead, one in some hundred; then the power is cut. Whatever a failed sync left behind is not relied on: the
     * disk here has lost it, although the process can still read it.
     */
    @Test
    void acknowledgesNothingThatAFailedWriteOrSyncLost() throws IOException, InterruptedException {
        long failedSyncs = 0;
        long acknowledged = 0;
        for (int run = 0; run < FAULTY_RUNS; run++) {
            Path database = folder.resolve("faulty-" + run + ".db");
            List<Step> steps = Trace.record(database, FAULTY_APPENDS, "FULL", faults());
            List<String> wrong = cuts(steps, FAULTY_STATES);
            assertThat(wrong).isEmpty();
            assertThat(problem(database, acknowledged(steps)))
                    .as("without a cut")
                    .isEmpty();
            failedSyncs += steps.stream()
                    .filter(step -> step instanceof Step.SyncFailed)
                    .count();
            acknowledged += acknowledged(steps).size();
            Machine.delete(database);
        }
        System.out.println("failed syncs: " + failedSyncs + ", acknowledged " + acknowledged + ", none lost");
        assertThat(failedSyncs).isPositive();
    }

    /** Counted by thread; each has its start-up without faults. */
    private List<String> faults() {
        String sync =
                "inject=fdatasync,fsync:error=EIO:when=" + (20 + random.nextInt(30)) + "+" + (30 + random.nextInt(60));
        String write =
                "inject=pwrite64:error=EIO:when=" + (100 + random.nextInt(200)) + "+" + (200 + random.nextInt(400));
        return List.of("-e", sync, "-e", write);
    }

    private static List<Step.Acknowledged> acknowledged(List<Step> steps) {
        List<Step.Acknowledged> found = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Acknowledged one) {
                found.add(one);
            }
        }
        return found;
    }

    /** Cuts at so many random places; answers what was wrong after them. */
    private List<String> cuts(List<Step> steps, int states) throws IOException {
        int[] places = random.ints(states, 0, steps.size() + 1).sorted().toArray();
        List<String> wrong = new ArrayList<>();
        CrashDisk disk = new CrashDisk();
        List<Step.Acknowledged> acknowledged = new ArrayList<>();
        Path database = folder.resolve("cut.db");
        int done = 0;
        for (int place : places) {
            for (; done < place; done++) {
                disk.apply(steps.get(done));
                if (steps.get(done) instanceof Step.Acknowledged one) {
                    acknowledged.add(one);
                }
            }
            Machine.delete(database);
            disk.leave(database, random);
            problem(database, acknowledged).ifPresent(what -> wrong.add("cut at " + place + ": " + what));
        }
        return wrong;
    }

    private Optional<String> problem(Path database, List<Step.Acknowledged> acknowledged) {
        List<List<Entry>> rooms = new ArrayList<>();
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(database), Clock.SYSTEM)) {
            for (var room : TraceChild.ROOMS) {
                if (!(Reads.whole(log, room, owner) instanceof LogRead.Complete read)) {
                    return Optional.of("cannot read " + room);
                }
                rooms.add(read.entries());
            }
            List<String> found = log.checker().await();
            if (!found.isEmpty()) {
                return Optional.of("the check found " + found);
            }
            return sound(database).or(() -> missing(acknowledged, rooms));
        } catch (SqliteLogException e) {
            return Optional.of("does not open: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<String> missing(List<Step.Acknowledged> acknowledged, List<List<Entry>> rooms) {
        for (List<Entry> room : rooms) {
            long different = room.stream().map(FeedProbe::text).distinct().count();
            if (different != room.size()) {
                return Optional.of("stored twice");
            }
        }
        for (Step.Acknowledged one : acknowledged) {
            List<Entry> room = rooms.get(one.room());
            if (room.size() < one.offset()) {
                return Optional.of("lost: " + one + ", there are " + room.size());
            }
            if (!FeedProbe.text(room.get((int) one.offset() - 1)).equals(TraceChild.text(one.number()))) {
                return Optional.of("another entry in its place: " + one);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> sound(Path database) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
            String answer = rows.getString(1);
            return answer.equals("ok") ? Optional.empty() : Optional.of("integrity check: " + answer);
        } catch (SQLException e) {
            return Optional.of("integrity check: " + e.getMessage());
        }
    }
}
