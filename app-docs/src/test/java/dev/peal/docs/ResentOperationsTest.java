package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Retention;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** PROMISES 64: an operation that is sent again, because its answer was lost, is stored once and has one revision, whatever happened meanwhile. */
class ResentOperationsTest {
    private static final int OPERATIONS = Boolean.getBoolean("peal.nightly") ? 100_000 : 1_000;

    private final SessionRig rig = rig(app());

    @Test
    void getsTheSameAnswer() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        String operation = operationOnce("o", "notes", 0, "[{\"insert\":\"x\"}]", "c1", 1);
        JsonNode first = one(frames(ann.send(operation)), "ack");
        List<JsonNode> again = frames(ann.send(operation));
        assertThat(types(again)).containsExactly("ack");
        assertThat(again.get(0)).isEqualTo(first);
        assertThat(content(rig, "notes").text()).isEqualTo("x");
    }

    @Test
    void alsoWhereTheFirstIsStillOnItsWay() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        String operation = operationOnce("o", "notes", 0, "[{\"insert\":\"x\"}]", "c1", 1);
        List<JsonNode> frames = frames(ann.send(operation).send(operation).send(operation));
        assertThat(types(frames)).containsExactly("operation", "ack", "ack", "ack");
        assertThat(of(frames, "ack")).allMatch(ack -> ack.at("/data/offset").longValue() == 1);
        assertThat(entries(rig, "notes")).hasSize(1);
    }

    @Test
    void alsoWhereItWasMadeAnewOnALaterRevision() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        SessionRig.Client bob = joined(rig, 1, "bob", "notes");
        ann.send(operationOnce("o", "notes", 0, "[{\"insert\":\"x\"}]", "c1", 1))
                .take();
        bob.send(operation("notes", 1, "[{\"insert\":\"bob \"}]")).take();
        ann.take();
        ann.send(operationOnce("o", "notes", 2, "[{\"retain\":4},{\"insert\":\"x\"}]", "c1", 1));
        assertThat(one(frames(ann), "ack").at("/data/offset").longValue()).isEqualTo(1);
        assertThat(content(rig, "notes").text()).isEqualTo("bob x");
    }

    @Test
    void twoUsersMayHaveChosenOneClientId() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        SessionRig.Client bob = joined(rig, 1, "bob", "notes");
        ann.send(operationOnce("o", "notes", 0, "[{\"insert\":\"a\"}]", "c1", 1))
                .take();
        bob.send(operationOnce("o", "notes", 0, "[{\"insert\":\"b\"}]", "c1", 1))
                .take();
        assertThat(content(rig, "notes").text()).isEqualTo("ab");
    }

    @Test
    void aDocumentThatHasForgottenAClientIsToldByTheLog() {
        SessionRig forgetful = rig(app(DocsConfig.DEFAULT.withClients(1)));
        SessionRig.Client ann = joined(forgetful, 0, "ann", "notes");
        ann.send(operationOnce("o", "notes", 0, "[{\"insert\":\"a\"}]", "c1", 1))
                .take();
        ann.send(operationOnce("o", "notes", 0, "[{\"insert\":\"b\"}]", "c2", 1))
                .take();
        ann.send(operationOnce("again", "notes", 0, "[{\"insert\":\"a\"}]", "c1", 1))
                .send(operationOnce("behind", "notes", 0, "[{\"insert\":\"c\"}]", "c3", 1));
        List<JsonNode> frames = frames(ann);
        assertThat(types(frames)).containsExactly("operation", "ack", "ack");
        assertThat(frames.get(1).toString()).contains("\"again\"", "\"offset\":1");
        assertThat(frames.get(2).toString()).contains("\"behind\"", "\"offset\":3");
        assertThat(content(forgetful, "notes").text()).isEqualTo("abc");
    }

    @Test
    void aMessageIdDoesTheSameForWhoHasNeither() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        String operation = operationAsking("o", "notes", 0, "[{\"insert\":\"x\"}]")
                .replace("\"id\":\"o\"", "\"id\":\"o\",\"messageId\":\"m1\"");
        ann.send(operation).send(operation);
        assertThat(of(frames(ann), "ack"))
                .allMatch(ack -> ack.at("/data/offset").longValue() == 1);
        assertThat(content(rig, "notes").text()).isEqualTo("x");
    }

    @Test
    void whoComesBackLearnsWhatHasArrived() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        ann.send(operationOnce("o", "notes", 0, "[{\"insert\":\"x\"}]", "c1", 7));
        rig.settle();
        ann.breaks();
        SessionRig.Client again = signedIn(rig, 1, "ann").send(joinSince("notes", "gone", 0, "c1"));
        JsonNode document = one(frames(again), "document");
        assertThat(document.at("/data/recovered").booleanValue()).isFalse();
        assertThat(document.at("/data/seq").longValue()).isEqualTo(7);
    }

    /** One client; each operation is sent one to three times over connections that break, to servers that are replaced, while somebody else edits. */
    @Test
    void hasOneRevisionHoweverOftenItIsSent() {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        System.out.println("resent operations: seed " + seed);
        Random random = new Random(seed);
        SessionRig.Kept kept = SessionRig.Kept.inMemory(Retention.ALL);
        DocsConfig config = DocsConfig.DEFAULT.withSnapshots(50, 0).withRecent(20, 1_000);
        SessionRig server = rig(app(config), kept);
        SessionRig.Client ann = joined(server, 0, "ann", "notes");
        SessionRig.Client bob = joined(server, 1, "bob", "notes");
        List<Long> offsets = new ArrayList<>();
        for (int number = 1; number <= OPERATIONS; number++) {
            long revision = Math.max(0, entries(server, "notes").size() - random.nextInt(4));
            String operation = operationOnce("o", "notes", revision, "[{\"insert\":\"x\"}]", "c1", number);
            long offset = 0;
            for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
                ann.send(operation);
                switch (random.nextInt(20)) {
                    case 0 -> {
                        server.settle();
                        ann.breaks();
                        ann = joined(server, random.nextInt(2), "ann", "notes");
                        copies++;
                    }
                    case 1 -> {
                        server.settle();
                        server = rig(app(config), kept);
                        ann = joined(server, 0, "ann", "notes");
                        bob = joined(server, 1, "bob", "notes");
                        copies++;
                    }
                    case 2, 3, 4 -> bob.send(operation("notes", revision, "[{\"insert\":\"y\"}]"));
                    default -> {}
                }
                for (JsonNode ack : of(frames(ann), "ack")) {
                    long now = ack.at("/data/offset").longValue();
                    assertThat(offset == 0 || offset == now)
                            .as("seed %s, operation %s", seed, number)
                            .isTrue();
                    offset = now;
                }
            }
            offsets.add(offset);
        }
        assertThat(offsets).doesNotHaveDuplicates().doesNotContain(0L);
        assertThat(content(server, "notes").text().chars().filter(c -> c == 'x').count())
                .isEqualTo(OPERATIONS);
    }
}
