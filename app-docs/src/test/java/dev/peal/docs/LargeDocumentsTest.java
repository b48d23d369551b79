package dev.peal.docs;

import static dev.peal.docs.Docs.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.protocol.CloseReason;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A document of 10 MB, and one with 200 editors. */
class LargeDocumentsTest {
    private static final int PIECE = 1_000_000;
    private static final int PIECES = 9;
    private static final int EDITORS = 200;

    private final SessionRig rig = rig(app(DocsConfig.DEFAULT.withSnapshots(5, 0)));

    private SessionRig.Client author() {
        SessionRig.Client ann = joined(rig, 0, "ann", "notes");
        String text = "x".repeat(PIECE);
        for (int i = 0; i < PIECES; i++) {
            ann.send(operation("notes", i, "[{\"insert\":\"" + text + "\"}]"));
            ann.drained().take();
        }
        return ann;
    }

    @Test
    void isEditedOpenedAndKept() {
        SessionRig.Client ann = author();
        ann.send(operationAsking("o", "notes", PIECES, "[{\"retain\":" + PIECE * 5 + "},{\"insert\":\"!\"}]"));
        assertThat(types(frames(ann))).containsExactly("operation", "ack");
        Document seen = content(rig, "notes");
        assertThat(seen.length()).isEqualTo(PIECE * PIECES + 1);
        SessionRig again = rig(app(), rig.kept());
        assertThat(content(again, "notes").text()).isEqualTo(seen.text());
    }

    /** What was asked for does not make a slow reader: what comes behind it waits until the socket has taken it. */
    @Test
    void isOpenedOverASlowLine() {
        SessionRig.Client ann = author();
        SessionRig.Client slow = signedIn(rig, 1, "slow");
        slow.connection().stuck(true);
        slow.send(join("notes"));
        rig.settle();
        for (int i = 0; i < 50; i++) {
            ann.send(operation("notes", PIECES + i, "[{\"insert\":\"" + "y".repeat(1_000) + "\"}]"));
            ann.send(ask("cursor_position", "c", "notes", "\"position\":1"));
            ann.drained().take();
        }
        assertThat(slow.connection().closed()).isNull();
        List<JsonNode> before = frames(slow);
        assertThat(of(before, "document")).hasSize(1);
        assertThat(of(before, "operation")).isEmpty();
        slow.drained();
        rig.settle();
        slow.drained();
        List<JsonNode> after = frames(slow);
        assertThat(of(after, "operation")).hasSize(50);
        assertThat(of(after, "operation").get(0).at("/data/revision").intValue())
                .isEqualTo(PIECES + 1);
    }

    /** One who takes nothing at all is still one. */
    @Test
    void whoTakesNothingIsClosed() {
        SessionRig.Client ann = author();
        SessionRig.Client slow = signedIn(rig, 1, "slow");
        slow.connection().stuck(true);
        slow.send(join("notes"));
        rig.settle();
        for (int i = 0; i < 60; i++) {
            rig.pass(500);
            ann.send(operation("notes", PIECES + i, "[{\"insert\":\"y\"}]"));
            ann.drained().take();
            slow.alive();
        }
        assertThat(slow.connection().closed()).isEqualTo(CloseReason.SLOW_READER);
    }

    @Test
    void hasRoomForTwoHundredEditors() {
        List<Editor> editors = new ArrayList<>();
        for (int i = 0; i < EDITORS; i++) {
            Editor editor = new Editor(rig, "user" + i, "c" + i, "crowd");
            editor.connect(i % 2);
            editors.add(editor);
        }
        editors.forEach(Editor::read);
        for (int round = 0; round < 3; round++) {
            for (Editor editor : editors) {
                editor.edit(Delta.builder()
                        .retain(editor.content().length() / 2)
                        .insert("x")
                        .build());
            }
            editors.forEach(Editor::read);
        }
        Editor.settle(editors);
        Document server = content(rig, "crowd");
        assertThat(server.length()).isEqualTo(3 * EDITORS);
        assertThat(editors).allMatch(editor -> editor.content().equals(server));
        SessionRig.Client late = signedIn(rig, 0, "late").send(join("crowd"));
        assertThat(one(frames(late), "document").at("/data/users")).hasSize(EDITORS + 1);
    }
}
