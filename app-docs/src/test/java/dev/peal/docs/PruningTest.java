package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.app.MessageType;
import dev.peal.log.Retention;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.testkit.SessionRig;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The past that is not to be kept goes, and only that: the text, what is pinned, and the last days stay. */
class PruningTest {
    private static final int EVERY = 10;

    /** Pins revisions that a test names. */
    private static final class Pins implements Companions {
        private final Set<Long> pinned = new HashSet<>();

        @Override
        public String name() {
            return "pins";
        }

        @Override
        public List<MessageType<?>> messages() {
            return List.of();
        }

        @Override
        public void open(OpenDocument document, Optional<byte[]> snapshot, Consumer<Optional<Companion>> done) {
            done.accept(Optional.of(new Companion() {
                @Override
                public void applied(Delta operation, long revision) {}

                @Override
                public byte[] snapshot() {
                    return new byte[0];
                }

                @Override
                public Set<Long> pinned() {
                    return pinned;
                }
            }));
        }
    }

    private final Pins pins = new Pins();
    private SessionRig rig = rig(app(History.days(2)), SessionRig.Kept.inMemory(Retention.UNTIL_TRIMMED));

    private DocsApp app(History history) {
        return DocsApp.builder()
                .config(DocsConfig.DEFAULT.withSnapshots(EVERY, 0).withHistory(history))
                .companions(pins)
                .executor(Runnable::run)
                .build();
    }

    private void type(SessionRig.Client client, long revision, int operations) {
        for (int i = 0; i < operations; i++) {
            client.send(operation("notes", revision + i, "[{\"insert\":\"x\"}]"))
                    .take();
        }
    }

    private void restart() {
        rig = rig(app(History.days(2)), rig.kept());
    }

    /** Thirty operations, three days, thirty more. */
    private SessionRig.Client past() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        type(ann, 0, 30);
        ann.leaves();
        rig.settle();
        rig.clock().advanceMillis(TimeUnit.DAYS.toMillis(3));
        SessionRig.Client again = joined(rig, 0, "ann", "notes");
        type(again, 30, 30);
        return again;
    }

    private JsonNode at(SessionRig.Client client, long revision) {
        return frames(client.send(ask("document_at", "d", "notes", "\"revision\":" + revision)))
                .get(0);
    }

    @Test
    void operationsThatAreOldEnoughAndCoveredGo() {
        SessionRig.Client ann = past();
        assertThat(entries(rig, "notes").get(0).offset()).isEqualTo(30);
        assertThat(at(ann, 20).at("/data/code").asString()).isEqualTo("revision_pruned");
        assertThat(at(ann, 30).at("/data/content/ops/0/insert").asString()).hasSize(30);
        assertThat(at(ann, 45).at("/data/content/ops/0/insert").asString()).hasSize(45);
    }

    @Test
    void theDocumentOpensFromWhatIsLeft() {
        past();
        restart();
        Document seen = content(rig, "notes");
        assertThat(seen.text()).isEqualTo("x".repeat(60));
        SessionRig.Client bob = signedIn(rig, 0, "bob").send(joinSince("notes", "gone", 3, "c1"));
        assertThat(one(frames(bob), "document").at("/data/content/ops/0/insert").asString())
                .hasSize(60);
    }

    @Test
    void whoWasAwayForTooLongIsToldSo() {
        SessionRig.Client ann = past();
        String epoch = one(frames(ann.send(join("notes"))), "document")
                .at("/data/epoch")
                .asString();
        SessionRig.Client bob = signedIn(rig, 1, "bob").send(joinSince("notes", epoch, 5, "c1"));
        JsonNode document = one(frames(bob), "document").path("data");
        assertThat(document.path("recovered").booleanValue()).isFalse();
        assertThat(document.path("reason").asString()).isEqualTo("history_trimmed");
        assertThat(document.at("/content/ops/0/insert").asString()).hasSize(60);
        bob.send(operationAsking("o", "notes", 5, "[{\"insert\":\"y\"}]"));
        assertThat(frames(bob).get(0).path("type").asString()).isIn("operation", "error");
    }

    @Test
    void whatIsPinnedStaysReadable() {
        pins.pinned.add(7L);
        pins.pinned.add(23L);
        SessionRig.Client ann = past();
        assertThat(entries(rig, "notes").get(0).offset()).isEqualTo(30);
        assertThat(at(ann, 7).at("/data/content/ops/0/insert").asString()).hasSize(7);
        assertThat(at(ann, 23).at("/data/content/ops/0/insert").asString()).hasSize(23);
        assertThat(at(ann, 8).at("/data/code").asString()).isEqualTo("revision_pruned");
        restart();
        SessionRig.Client bob = joined(rig, 0, "bob", "notes");
        assertThat(at(bob, 7).at("/data/content/ops/0/insert").asString()).hasSize(7);
        assertThat(frames(bob.send(ask("restore", "r", "notes", "\"revision\":7")))
                        .get(0)
                        .path("type")
                        .asString())
                .isEqualTo("operation");
        assertThat(content(rig, "notes").length()).isEqualTo(7);
    }

    @Test
    void withTheWholeHistoryNothingGoes() {
        rig = rig(app(History.ALL), SessionRig.Kept.inMemory(Retention.UNTIL_TRIMMED));
        past();
        assertThat(entries(rig, "notes")).hasSize(60);
    }
}
