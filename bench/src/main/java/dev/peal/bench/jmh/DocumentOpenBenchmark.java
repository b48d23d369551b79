package dev.peal.bench.jmh;

import dev.peal.bench.Paper;
import dev.peal.docs.DocsApp;
import dev.peal.docs.DocsConfig;
import dev.peal.engine.sqlite.SqliteConfig;
import dev.peal.engine.sqlite.SqliteLog;
import dev.peal.hub.HubConfig;
import dev.peal.limit.Limit;
import dev.peal.session.SessionConfig;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.testkit.SessionRig;
import dev.peal.testkit.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From {@code join_document} to {@code document}, for a document that is on the disk and not in memory: 259,778 operations that come to 104,852 characters, opened from
 * its snapshot and the operations behind it. All of a server but its sockets.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class DocumentOpenBenchmark {
    /** Operations behind the newest snapshot. */
    @Param({"0", "400"})
    public int tail;

    private Path folder = Path.of("");
    private @Nullable SqliteLog log;
    private @Nullable SessionRig rig;
    private SessionRig.@Nullable Client client;

    /** Stores the operations, and opens the document once, for a snapshot. */
    @Setup
    public void setUp() throws IOException {
        folder = Files.createTempDirectory("documents");
        ManualClock clock = new ManualClock();
        SqliteLog opened = new SqliteLog(SqliteConfig.of(folder.resolve("rooms.db")), clock);
        log = opened;
        ManualOwner owner = new ManualOwner(clock);
        List<Trace.Transaction> transactions = Paper.operations();
        Paper.store(opened, owner, transactions.subList(0, transactions.size() - tail), 0);
        rig = new SessionRig(
                List.of(DocsApp.builder()
                        .config(DocsConfig.DEFAULT.withSnapshots(100_000, 0))
                        .build()),
                1,
                SessionConfig.DEFAULT,
                HubConfig.DEFAULT,
                Limit.UNLIMITED,
                new SessionRig.Kept(clock, opened, opened.store()));
        arrive();
        open();
        leave();
        awaitSnapshot();
        Paper.store(
                opened,
                owner,
                transactions.subList(transactions.size() - tail, transactions.size()),
                transactions.size() - tail);
    }

    private void awaitSnapshot() {
        ManualOwner owner = new ManualOwner(rig().clock());
        boolean[] there = new boolean[1];
        while (!there[0]) {
            rig().settle();
            boolean[] answered = new boolean[1];
            rig().kept()
                    .store()
                    .within("app")
                    .within(DocsApp.KIND)
                    .get(new StoreKey("snapshots", Paper.KEY.id()), owner, read -> {
                        there[0] = read instanceof StoreRead.Rows rows
                                && rows.first().isPresent();
                        answered[0] = true;
                    });
            owner.runUntil("the store is read", () -> answered[0]);
        }
    }

    /** Somebody signs in. */
    @Setup(Level.Invocation)
    public void arrive() {
        SessionRig.Client arrived = rig().open(0, "/docs");
        arrived.send("{\"type\":\"authenticate\",\"data\":{\"token\":\"ann\"}}");
        rig().settle();
        client = arrived;
    }

    /** Opens the document. */
    @Benchmark
    public int open() {
        SessionRig.Client to = client();
        to.send("{\"type\":\"join_document\",\"data\":{\"documentId\":\"paper\"}}");
        List<String> received = to.connection().received();
        while (received.size() < 2) {
            rig().settle();
        }
        return received.get(1).length();
    }

    /** The document leaves memory. */
    @TearDown(Level.Invocation)
    public void leave() {
        client().leaves();
        while (rig().rooms() > 0) {
            rig().settle();
        }
    }

    /** Deletes the folder. */
    @TearDown
    public void tearDown() throws IOException {
        if (log != null) {
            log.close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private SessionRig rig() {
        SessionRig there = rig;
        if (there == null) {
            throw new IllegalStateException("not set up");
        }
        return there;
    }

    private SessionRig.Client client() {
        SessionRig.Client there = client;
        if (there == null) {
            throw new IllegalStateException("nobody is here");
        }
        return there;
    }
}
