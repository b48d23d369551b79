package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Retention;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The past of a document: each of its revisions, who wrote what, and the way back. */
class HistoryTest {
    private SessionRig rig = rig(app(DocsConfig.DEFAULT.withSnapshots(10, 0).withRecent(4, 1_000)));
    private SessionRig.Client ann = joined(rig, 0, "ann", "notes");
    private final SessionRig.Client bob = joined(rig, 1, "bob", "notes");

    private void write() {
        ann.send(operation("notes", 0, "[{\"insert\":\"hello world\"}]")).take();
        bob.send(operation("notes", 1, "[{\"retain\":5},{\"insert\":\", dear\"}]"))
                .take();
        ann.send(operation("notes", 2, "[{\"delete\":1},{\"insert\":\"H\",\"attributes\":{\"bold\":true}}]"))
                .take();
        bob.take();
    }

    @Test
    void eachRevisionCanBeLookedAt() {
        write();
        List<String> texts = new ArrayList<>();
        for (int revision = 0; revision <= 3; revision++) {
            JsonNode at =
                    one(frames(bob.send(ask("document_at", "d", "notes", "\"revision\":" + revision))), "document_at");
            assertThat(at.at("/data/revision").intValue()).isEqualTo(revision);
            texts.add(document(at.at("/data/content")).text());
        }
        assertThat(texts).containsExactly("", "hello world", "hello, dear world", "Hello, dear world");
        bob.send(ask("document_at", "d", "notes", "\"revision\":4"));
        assertThat(error(bob)).isEqualTo("revision_unknown");
    }

    @Test
    void alsoOneFarFromEverySnapshot() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < 95; i++) {
            ann.send(operation("notes", i, "[{\"insert\":\"" + (char) ('a' + i % 26) + "\"}]"));
            ann.take();
            texts.add((char) ('a' + i % 26) + texts.get(i));
        }
        for (int revision = 0; revision <= 95; revision++) {
            bob.take();
            JsonNode at =
                    one(frames(bob.send(ask("document_at", "d", "notes", "\"revision\":" + revision))), "document_at");
            assertThat(document(at.at("/data/content")).text()).isEqualTo(texts.get(revision));
        }
    }

    @Test
    void restoringIsAnOperationLikeAnyOther() {
        write();
        List<JsonNode> frames = frames(bob.send(ask("restore", "r", "notes", "\"revision\":1")));
        assertThat(types(frames)).containsExactly("operation", "ack");
        assertThat(frames.get(0).at("/data/userId").asString()).isEqualTo("bob");
        assertThat(content(rig, "notes").text()).isEqualTo("hello world");
        assertThat(types(frames(ann))).contains("operation");
        assertThat(replayed(rig, "notes")).isEqualTo(content(rig, "notes"));
        bob.send(ask("restore", "r", "notes", "\"revision\":9"));
        assertThat(error(bob)).isEqualTo("revision_unknown");
    }

    @Test
    void restoringTakesInWhatComesMeanwhile() {
        write();
        bob.send(ask("restore", "r", "notes", "\"revision\":0"));
        ann.send(operation("notes", 3, "[{\"insert\":\"!\"}]"));
        rig.settle();
        assertThat(replayed(rig, "notes")).isEqualTo(content(rig, "notes"));
        assertThat(content(rig, "notes").text()).isIn("", "!");
    }

    @Test
    void whoWroteWhatIsKnownAndNeverSentWithTheText() {
        write();
        JsonNode authorship = one(frames(bob.send(ask("authorship", "a", "notes", ""))), "authorship");
        assertThat(authorship.at("/data/runs").toString())
                .isEqualTo(
                        "[{\"length\":5,\"userId\":\"ann\",\"userName\":\"ANN\"},{\"length\":6,\"userId\":\"bob\",\"userName\":\"BOB\"},{\"length\":6,\"userId\":\"ann\",\"userName\":\"ANN\"}]");
        SessionRig.Client zoe = signedIn(rig, 0, "zoe").send(join("notes"));
        String document = one(frames(zoe), "document").toString();
        assertThat(document).contains("{\"insert\":\"ello, dear world\"}").doesNotContain("\\u0001", "\"by\"");
    }

    @Test
    void whoWroteWhatOutlivesARestart() {
        write();
        JsonNode before = one(frames(bob.send(ask("authorship", "a", "notes", ""))), "authorship");
        ann.leaves();
        bob.leaves();
        rig.settle();
        rig = rig(app(DocsConfig.DEFAULT.withSnapshots(10, 0)), rig.kept());
        ann = joined(rig, 0, "ann", "notes");
        assertThat(one(frames(ann.send(ask("authorship", "a", "notes", ""))), "authorship")
                        .at("/data/runs"))
                .isEqualTo(before.at("/data/runs"));
    }

    @Test
    void whoChangedItWhenComesInPages() {
        write();
        JsonNode newest = one(frames(bob.send(ask("history_of", "h", "notes", "\"limit\":2"))), "history_of")
                .path("data");
        assertThat(newest.path("operations")).hasSize(2);
        assertThat(newest.at("/operations/0/revision").intValue()).isEqualTo(2);
        assertThat(newest.at("/operations/0/userId").asString()).isEqualTo("bob");
        assertThat(newest.path("oldest").intValue()).isEqualTo(1);
        assertThat(newest.path("newest").intValue()).isEqualTo(3);
        JsonNode first = one(frames(bob.send(ask("history_of", "h", "notes", "\"before\":2"))), "history_of")
                .path("data");
        assertThat(first.path("operations")).hasSize(1);
        assertThat(first.at("/operations/0/userName").asString()).isEqualTo("ANN");
    }

    @Test
    void anOperationOnARevisionThatIsNotInMemoryIsBroughtUpFromTheLog() {
        for (int i = 0; i < 30; i++) {
            ann.send(operation("notes", i, "[{\"insert\":\"x\"}]")).take();
        }
        bob.take();
        bob.send(operationAsking("old", "notes", 1, "[{\"retain\":1},{\"insert\":\"B\"}]"))
                .send(operationAsking("next", "notes", 30, "[{\"retain\":30},{\"insert\":\"C\"}]"));
        List<JsonNode> frames = frames(bob);
        assertThat(types(frames)).containsExactly("operation", "operation", "ack", "ack");
        assertThat(frames.get(2).path("id").asString()).isEqualTo("old");
        assertThat(content(rig, "notes").text()).isEqualTo("x".repeat(30) + "BC");
    }

    @Test
    void oneThatIsTooFarBehindIsNot() {
        rig = rig(
                app(DocsConfig.DEFAULT.withRecent(4, 1_000).withCatchUp(10, 1_000_000)),
                SessionRig.Kept.inMemory(Retention.ALL));
        SessionRig.Client zoe = joined(rig, 0, "zoe", "notes");
        for (int i = 0; i < 20; i++) {
            zoe.send(operation("notes", i, "[{\"insert\":\"x\"}]")).take();
        }
        zoe.send(operationAsking("o", "notes", 9, "[{\"insert\":\"y\"}]"));
        assertThat(error(zoe)).isEqualTo("revision_pruned");
        zoe.send(operationAsking("o", "notes", 10, "[{\"insert\":\"y\"}]"));
        assertThat(types(frames(zoe))).containsExactly("operation", "ack");
    }

    @Test
    void oneThatWouldTakeTooMuchWorkIsNot() {
        rig = rig(app(DocsConfig.DEFAULT.withCatchUp(1_000, 50)), SessionRig.Kept.inMemory(Retention.ALL));
        SessionRig.Client zoe = joined(rig, 0, "zoe", "notes");
        for (int i = 0; i < 20; i++) {
            zoe.send(operation("notes", i, "[{\"insert\":\"x\"}]")).take();
        }
        zoe.send(operationAsking("o", "notes", 0, "[{\"insert\":\"y\"}]"));
        assertThat(error(zoe)).isEqualTo("revision_pruned");
    }
}
