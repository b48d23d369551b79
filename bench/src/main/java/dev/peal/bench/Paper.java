package dev.peal.bench;

import dev.peal.docs.DocsApp;
import dev.peal.engine.sqlite.SqliteConfig;
import dev.peal.engine.sqlite.SqliteLog;
import dev.peal.log.Draft;
import dev.peal.log.Feed;
import dev.peal.log.RoomKey;
import dev.peal.ot.Delta;
import dev.peal.ot.json.DeltaJson;
import dev.peal.protocol.JsonWriter;
import dev.peal.testkit.FeedProbe;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.testkit.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A document that somebody really wrote, with its whole history: 259,778 operations that come to 104,852 characters. */
public final class Paper {
    /** The document. */
    public static final RoomKey KEY = new RoomKey(DocsApp.KIND, "paper");

    private static final int UNANSWERED_MAX = 10_000;

    private Paper() {}

    /** Its operations. */
    public static List<Trace.Transaction> operations() {
        return Trace.automergePaper().transactions();
    }

    /** Puts the whole history where a server on this folder finds it. */
    static void store(Path data) {
        ManualClock clock = new ManualClock();
        try (SqliteLog log = new SqliteLog(SqliteConfig.of(data.resolve("rooms.db")), clock)) {
            store(log, new ManualOwner(clock), operations(), 0);
        }
    }

    /** Puts the text alone there. */
    static void write(Path data) throws IOException {
        Files.writeString(data.resolve("paper.txt"), Trace.automergePaper().endContent());
    }

    /** Stores operations as a server would, behind a revision. */
    public static void store(SqliteLog log, ManualOwner owner, List<Trace.Transaction> operations, int revision) {
        FeedProbe feed = new FeedProbe(log, KEY, owner).open();
        int at = revision;
        for (Trace.Transaction operation : operations) {
            at++;
            feed.append(new Draft("operation", "ann", null, 0, 0, data(operation, at)), Feed.ANY);
            if (at % UNANSWERED_MAX == 0) {
                feed.awaitAnswers();
            }
        }
        feed.awaitAnswers();
        feed.close();
    }

    private static byte[] data(Trace.Transaction operation, int revision) {
        Delta delta = Delta.EMPTY;
        for (Trace.Patch patch : operation.patches()) {
            delta = delta.compose(Delta.builder()
                    .retain(patch.position())
                    .insert(patch.inserted())
                    .delete(patch.deleted())
                    .build());
        }
        JsonWriter out = new JsonWriter()
                .object()
                .field("documentId", KEY.id())
                .field("userId", "ann")
                .field("userName", "Ann");
        return DeltaJson.write(out, "operation", delta)
                .field("revision", revision)
                .field("timestamp", 0)
                .end()
                .bytes();
    }
}
