package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.log.Retention;
import dev.peal.log.RoomKey;
import dev.peal.testkit.SessionRig;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Operations are decided on others that are not stored yet; where one of those comes to nothing, what was decided on it is decided anew. */
class TailTest {
    private final SessionRig.Kept kept = SessionRig.Kept.inMemory(Retention.ALL);
    private final FaultyLog log = new FaultyLog(kept.log());
    private final SessionRig rig = rig(app(), new SessionRig.Kept(kept.clock(), log, kept.store()));
    private final int home = rig.hub().home(new RoomKey(DocsApp.KIND, "notes")).index();
    private final SessionRig.Client ann = joined(rig, home, "ann", "notes");
    private final SessionRig.Client bob = joined(rig, home, "bob", "notes");

    @BeforeEach
    void greet() {
        ann.take();
    }

    @Test
    void manyAreOnTheirWayAtOnce() {
        for (int i = 0; i < 100; i++) {
            ann.send(operationAsking("o" + i, "notes", 0, "[{\"insert\":\"" + i % 10 + "\"}]"));
        }
        List<JsonNode> frames = frames(ann);
        assertThat(of(frames, "ack")).hasSize(100);
        assertThat(of(frames, "operation").stream()
                        .map(o -> o.at("/data/revision").longValue()))
                .isSorted()
                .hasSize(100);
        assertThat(content(rig, "notes").text()).isEqualTo("0123456789".repeat(10));
    }

    @Test
    void oneThatIsNotStoredTakesNoneWithIt() {
        ann.send(operation("notes", 0, "[{\"insert\":\"base \"}]")).take();
        bob.take();
        log.refuse(1);
        ann.send(operationAsking("lost", "notes", 1, "[{\"insert\":\"lost \"}]"))
                .send(operationAsking("kept", "notes", 1, "[{\"retain\":5},{\"insert\":\"kept\"}]"));
        bob.send(operationAsking("other", "notes", 1, "[{\"insert\":\"other \"}]"));
        List<JsonNode> frames = frames(ann);
        assertThat(one(frames, "error").toString()).contains("\"lost\"", "\"unavailable\"");
        assertThat(one(frames, "ack").path("id").asString()).isEqualTo("kept");
        assertThat(content(rig, "notes").text()).isEqualTo("other base kept");
        assertThat(replayed(rig, "notes")).isEqualTo(content(rig, "notes"));
    }

    @Test
    void anOperationThatWasNotStoredIsStoredByItsRepetition() {
        log.refuse(1);
        String operation = operationOnce("o", "notes", 0, "[{\"insert\":\"x\"}]", "c1", 1);
        ann.send(operation).send(operation);
        assertThat(types(frames(ann))).containsExactlyInAnyOrder("operation", "error", "ack");
        assertThat(types(frames(ann.send(operation)))).containsExactly("ack");
        assertThat(content(rig, "notes").text()).isEqualTo("x");
    }

    @Test
    void whileTheLogIsFullNothingIsAcknowledgedAndReadingGoesOn() {
        ann.send(operation("notes", 0, "[{\"insert\":\"x\"}]")).take();
        log.refuse(1_000);
        for (int i = 0; i < 10; i++) {
            ann.send(operationAsking("o", "notes", 1, "[{\"insert\":\"y\"}]"));
        }
        assertThat(frames(ann))
                .hasSize(10)
                .allMatch(frame -> frame.at("/data/code").asString().equals("unavailable"));
        assertThat(content(rig, "notes").text()).isEqualTo("x");
        log.refuse(0);
        ann.send(operationAsking("o", "notes", 1, "[{\"insert\":\"y\"}]"));
        assertThat(of(frames(ann), "ack")).hasSize(1);
        assertThat(content(rig, "notes").text()).isEqualTo("yx");
    }

    @Test
    void anotherNodesOperationComesBetween() {
        SessionRig other = rig(app(), rig.kept());
        SessionRig.Client zoe = joined(other, 0, "zoe", "notes");
        for (int i = 0; i < 20; i++) {
            ann.send(operationAsking("a" + i, "notes", 0, "[{\"insert\":\"a\"}]"));
            zoe.send(operationAsking("z" + i, "notes", 0, "[{\"insert\":\"z\"}]"));
        }
        for (int turn = 0; turn < 200; turn++) {
            rig.settle();
            other.settle();
        }
        assertThat(of(frames(ann), "ack")).hasSize(20);
        assertThat(of(frames(zoe), "ack")).hasSize(20);
        assertThat(entries(rig, "notes")).hasSize(40);
        assertThat(content(rig, "notes")).isEqualTo(replayed(rig, "notes"));
        assertThat(content(other, "notes")).isEqualTo(replayed(rig, "notes"));
    }
}
