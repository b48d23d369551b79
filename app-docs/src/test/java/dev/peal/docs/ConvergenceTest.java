package dev.peal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.docs.client.KnownText;
import dev.peal.ot.Document;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * PROMISES 60, 61: five editors type, delete and format at random; some read only now and then, connections break, servers are replaced; in some rounds two servers
 * share the log. In the end all see the same text, the server's, and that of its log; and each character that was typed is there once, unless somebody deleted it who saw it. 1,000 rounds, 100,000 nightly.
 */
class ConvergenceTest {
    private static final int ROUNDS = Boolean.getBoolean("peal.nightly") ? 100_000 : 1_000;
    private static final int ROUNDS_PER_RIG = 20;
    private static final int EDITORS = 5;
    private static final int STEPS = 60;

    private KnownText text = new KnownText();

    @Test
    void allSeeTheSameAndNothingIsLostOrDoubled() {
        long seed = Long.getLong("peal.seed", System.nanoTime());
        System.out.println("convergence: seed " + seed);
        for (int first = 0; first < ROUNDS; first += ROUNDS_PER_RIG) {
            SessionRig rig = Docs.rig(app());
            for (int round = first; round < Math.min(ROUNDS, first + ROUNDS_PER_RIG); round++) {
                try {
                    rig = round(rig, "d" + round, new Random(seed + round));
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError("peal.seed=" + (seed + round) + ", round 0", e);
                }
            }
        }
    }

    /** Snapshots are frequent and little is remembered, so that all ways are taken. */
    private static DocsApp app() {
        return Docs.app(
                DocsConfig.DEFAULT.withSnapshots(16, 0).withRecent(8, 1_000).withClients(3));
    }

    private SessionRig round(SessionRig first, String document, Random random) {
        text = new KnownText();
        boolean two = random.nextInt(4) == 0;
        SessionRig rig = first;
        SessionRig other = two ? Docs.rig(app(), rig.kept()) : rig;
        List<Editor> editors = new ArrayList<>();
        for (int i = 0; i < EDITORS; i++) {
            Editor editor = new Editor(i % 2 == 0 ? rig : other, "user" + i % 3, "c" + i, document);
            editor.connect(i % 2);
            editors.add(editor);
        }
        editors.forEach(Editor::read);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(400) == 0) {
                rig = Docs.rig(app(), rig.kept());
                other = two ? Docs.rig(app(), rig.kept()) : rig;
                for (int i = 0; i < EDITORS; i++) {
                    editors.get(i).moves(i % 2 == 0 ? rig : other);
                }
            }
            step(editors.get(random.nextInt(EDITORS)), random);
        }
        for (Editor editor : editors) {
            if (!editor.connected()) {
                editor.connect(random.nextInt(2));
            }
        }
        Editor.settle(editors);
        check(rig, document, editors);
        editors.forEach(Editor::breaks);
        rig.settle();
        other.settle();
        return rig;
    }

    private void step(Editor editor, Random random) {
        if (!editor.connected()) {
            if (random.nextInt(3) == 0) {
                editor.connect(random.nextInt(2));
            }
        } else if (random.nextInt(50) == 0) {
            editor.breaks();
        } else if (random.nextInt(2) == 0) {
            editor.read();
        }
        editor.edit(text.change(editor.content(), random));
    }

    private void check(SessionRig rig, String document, List<Editor> editors) {
        Document server = Docs.content(rig, document);
        for (Editor editor : editors) {
            assertThat(editor.content()).isEqualTo(server);
            assertThat(editor.revision()).isEqualTo(Docs.entries(rig, document).size());
            assertThat(editor.reloads()).isEqualTo(1);
        }
        assertThat(Docs.replayed(rig, document)).isEqualTo(server);
        assertThat(Docs.content(Docs.rig(app(), rig.kept()), document)).isEqualTo(server);
        assertThat(text.faults(server)).isEmpty();
    }
}
