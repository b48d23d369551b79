package dev.peal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.ot.Attributes;
import dev.peal.ot.Delta;
import dev.peal.ot.DeltaBuilder;
import dev.peal.ot.Document;
import dev.peal.testkit.SessionRig;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * PROMISES 60, 61: five editors type, delete and format at random; some read only now and then, connections break, servers are replaced. In the end all see the same
 * text, the server's, and that of its log; and each character that was typed is there once, unless somebody deleted it who saw it. 1,000 rounds, 100,000 nightly.
 */
class ConvergenceTest {
    private static final int ROUNDS = Boolean.getBoolean("peal.nightly") ? 100_000 : 1_000;
    private static final int ROUNDS_PER_RIG = 20;
    private static final int EDITORS = 5;
    private static final int STEPS = 60;

    /** Characters of one unit, and beyond U+FFFF of two, each typed once in a round. */
    private static final int FIRST_CHARACTER = 0x4E00;

    private static final int FIRST_PAIR = 0x20000;

    private final BitSet typed = new BitSet();
    private final BitSet deleted = new BitSet();
    private int next;

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
        typed.clear();
        deleted.clear();
        next = 0;
        SessionRig rig = first;
        List<Editor> editors = new ArrayList<>();
        for (int i = 0; i < EDITORS; i++) {
            Editor editor = new Editor(rig, "user" + i % 3, "c" + i, document);
            editor.connect(i % 2);
            editors.add(editor);
        }
        editors.forEach(Editor::read);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(400) == 0) {
                rig = Docs.rig(app(), rig.kept());
                for (Editor editor : editors) {
                    editor.moves(rig);
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
        editor.edit(change(editor.content(), random));
    }

    private Delta change(Document content, Random random) {
        DeltaBuilder out = Delta.builder();
        int at = within(content, random.nextInt(content.length() + 1));
        int to = within(content, at + random.nextInt(Math.min(6, content.length() - at) + 1));
        out.retain(at);
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> out.insert(type(1 + random.nextInt(4), random));
            case 3 -> out.insert(type(1, random), Attributes.of("bold", true));
            case 4 -> {
                note(content, at, to);
                out.delete(to - at);
            }
            default ->
                out.retain(to - at, random.nextBoolean() ? Attributes.of("bold", true) : Attributes.removing("bold"));
        }
        return out.build();
    }

    private static int within(Document content, int index) {
        return content.splitsPair(index) ? index - 1 : index;
    }

    private String type(int count, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int character = (random.nextInt(8) == 0 ? FIRST_PAIR : FIRST_CHARACTER) + next++;
            typed.set(character);
            text.appendCodePoint(character);
        }
        return text.toString();
    }

    private void note(Document content, int from, int to) {
        content.slice(from, to).text().codePoints().forEach(deleted::set);
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
        BitSet expected = (BitSet) typed.clone();
        expected.andNot(deleted);
        BitSet there = new BitSet();
        server.text().codePoints().forEach(character -> {
            assertThat(there.get(character))
                    .as("U+%x is there twice", character)
                    .isFalse();
            there.set(character);
        });
        assertThat(there).isEqualTo(expected);
    }
}
