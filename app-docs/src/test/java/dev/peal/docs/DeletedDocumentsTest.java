package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.MemoryLog;
import dev.peal.log.Retention;
import dev.peal.store.MemoryStore;
import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreRead;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was deleted is gone: the text and its past, what was said about it, what its versions were called; and nothing else is. */
class DeletedDocumentsTest {
    private static final List<String> TABLES =
            List.of("snapshots", "snapshot-parts", "comments", "replies", "versions", "activity");

    private final Store store = new MemoryStore();
    private final ManualClock clock = new ManualClock();
    private final FaultyLog log = new FaultyLog(new MemoryLog(clock, kind -> Retention.UNTIL_TRIMMED));
    private final Shared server = new Shared(new SessionRig.Kept(clock, log, store));
    private SessionRig.Client ann = written("notes");

    @BeforeEach
    void another() {
        written("notes-2").leaves();
        server.rig().settle();
    }

    /** A document with a past, that is still open. */
    private SessionRig.Client written(String document) {
        SessionRig.Client client = joined(server.rig(), 0, "ann", document);
        for (int i = 0; i < 3 * Shared.EVERY; i++) {
            client.send(operation(document, i, "[{\"insert\":\"secret\"}]")).take();
        }
        client.send(Shared.add("a", document, "c", 0, 3, 3, "hi"));
        client.send(Shared.comment("b", document, "c", "\"action\":\"reply\",\"replyId\":\"r\",\"text\":\"ho\""));
        client.send(Docs.ask("version", "v", document, "\"name\":\"draft\""));
        server.rig().settle();
        client.take();
        return client;
    }

    /** By table, the rows that are kept of a document, and how many entries its log has. */
    private List<String> kept(String document) {
        ManualOwner owner = new ManualOwner(clock);
        List<String> kept = new ArrayList<>();
        for (String table : TABLES) {
            store.within("app").within(DocsApp.KIND).scan(ScanRequest.all(table), owner, read -> {
                List<StoreRead.Row> rows = ((StoreRead.Rows) read).rows();
                if (rows.stream().anyMatch(row -> (row.key() + '/').startsWith(document + '/'))) {
                    kept.add(table);
                }
            });
            owner.runReady();
        }
        if (!entries(server.rig(), document).isEmpty()) {
            kept.add("operations");
        }
        return kept;
    }

    private boolean marked(String document) {
        ManualOwner owner = new ManualOwner(clock);
        List<StoreRead.Row> rows = new ArrayList<>();
        store.within("app")
                .within(DocsApp.KIND)
                .scan(ScanRequest.all("erasing"), owner, read -> rows.addAll(((StoreRead.Rows) read).rows()));
        owner.runReady();
        return rows.stream().anyMatch(row -> row.key().equals(document));
    }

    private void delete(String user, String answer) {
        assertThat(server.ask(user, "DELETE /api/docs/notes", "{}")).isEqualTo(answer);
        server.rig().settle();
    }

    private void nobodyIsLetIn() {
        SessionRig.Client again = signedIn(server.rig(), 0, "ann").send(joinAsking("j", "notes"));
        server.rig().settle();
        assertThat(error(again)).isEqualTo("forbidden");
    }

    @Test
    void nothingOfItIsKeptThoughSomebodyHadItOpen() {
        assertThat(kept("notes"))
                .contains("operations", "snapshots", "snapshot-parts", "comments", "replies", "versions");
        delete("ann", "204");
        ann.leaves();
        server.rig().settle();
        assertThat(kept("notes")).isEmpty();
        assertThat(kept("notes-2")).contains("operations", "snapshots", "comments", "replies", "versions");
        nobodyIsLetIn();
        assertThat(content(server.rig(), "notes-2", "ann").text()).startsWith("secret");
    }

    @Test
    void norOfOneThatNobodyHadOpen() {
        ann.leaves();
        server.rig().settle();
        delete("ann", "204");
        assertThat(kept("notes")).isEmpty();
        nobodyIsLetIn();
    }

    @Test
    void whoMayNotDeleteItEndsNothing() {
        server.grant("ann", "notes", "bob", "editor");
        List<String> before = kept("notes");
        delete("bob", "403 forbidden");
        delete("eve", "404 unknown_document");
        assertThat(kept("notes")).isEqualTo(before);
        assertThat(marked("notes")).isFalse();
    }

    @Test
    void aStartErasesWhatAnEarlierProcessLeft() {
        log.keepAll(true);
        delete("ann", "204");
        assertThat(kept("notes")).containsExactly("operations");
        log.keepAll(false);
        server.restart();
        server.rig().settle();
        assertThat(kept("notes")).isEmpty();
        assertThat(marked("notes")).as("it may not have been the last word").isTrue();
        server.restart();
        server.rig().settle();
        assertThat(marked("notes")).isFalse();
        nobodyIsLetIn();
        assertThat(kept("notes-2")).contains("operations");
    }
}
