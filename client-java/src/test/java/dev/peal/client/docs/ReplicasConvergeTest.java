package dev.peal.client.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.PealException;
import dev.peal.ot.Attributes;
import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several replicas on connections that delay and break: all end alike, and no character is lost, doubled or deleted by who has not seen it. */
class ReplicasConvergeTest {
    private static final int ROUNDS = Boolean.getBoolean("peal.nightly") ? 20_000 : 400;
    private static final int STEPS = 120;
    /** Private use: each character typed is another one, so that it can be followed. */
    private static final int FIRST = 0xE000;

    private static final DocumentCore.Listener NOBODY = new DocumentCore.Listener() {
        @Override
        public void changed(DocumentChange change) {}

        @Override
        public void state(DocumentState state) {}

        @Override
        public void cursors(Collection<RemoteCursor> cursors) {}

        @Override
        public void users(Collection<DocumentUser> users) {}

        @Override
        public void rejected(Delta operation, PealException why) {
            throw new AssertionError("refused " + operation, why);
        }
    };

    private final long seed = Long.getLong("peal.seed", System.nanoTime());

    @Test
    void whateverBreaksAllEndAlikeAndEveryCharacterIsThereOnce() {
        System.out.println("replicas: seed " + seed + " (again with -Dpeal.seed=" + seed + ")");
        for (int round = 0; round < ROUNDS; round++) {
            new Round(seed + round).run();
        }
    }

    private static final class Round {
        private final Random random;
        private final long seed;
        private final FakeAuthority authority = new FakeAuthority();
        private final List<FakeLine> lines = new ArrayList<>();
        private final List<DocumentCore> documents = new ArrayList<>();
        private final Set<Integer> typed = new HashSet<>();
        private final Set<Integer> deleted = new HashSet<>();
        private int next = FIRST;

        private Round(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            for (int i = 0; i < 2 + random.nextInt(3); i++) {
                FakeLine line = new FakeLine(authority, seed * 31 + i, any -> {
                    DocumentCore document = new DocumentCore(any, "d", NOBODY);
                    documents.add(document);
                    return document;
                });
                lines.add(line);
                line.connect();
                settle(line);
            }
        }

        private void run() {
            for (int step = 0; step < STEPS; step++) {
                int who = random.nextInt(lines.size());
                step(lines.get(who), documents.get(who));
            }
            for (FakeLine line : lines) {
                if (!line.connected()) {
                    line.connect();
                }
            }
            boolean moved = true;
            while (moved) {
                moved = false;
                for (FakeLine line : lines) {
                    moved |= settle(line);
                }
            }
            for (DocumentCore document : documents) {
                assertThat(document.content()).as("seed %d", seed).isEqualTo(authority.document);
                assertThat(document.isSaved()).as("seed %d", seed).isTrue();
            }
            Set<Integer> expected = new HashSet<>(typed);
            expected.removeAll(deleted);
            List<Integer> there = authority.document.text().chars().boxed().toList();
            assertThat(there).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
        }

        private boolean settle(FakeLine line) {
            boolean moved = false;
            while (line.moveUp() | line.moveDown()) {
                moved = true;
            }
            line.runTimers();
            return moved;
        }

        private void step(FakeLine line, DocumentCore document) {
            switch (random.nextInt(10)) {
                case 0, 1 -> line.moveUp();
                case 2, 3 -> line.moveDown();
                case 4 -> {
                    if (random.nextInt(6) == 0 && line.connected()) {
                        line.cut();
                    } else if (!line.connected()) {
                        line.connect();
                    }
                }
                default -> edit(document);
            }
        }

        private void edit(DocumentCore document) {
            if (!document.isOpen()) {
                return;
            }
            Document shown = document.content();
            int length = shown.length();
            int at = random.nextInt(length + 1);
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i <= random.nextInt(3); i++) {
                        typed.add(next);
                        text.append((char) next++);
                    }
                    String inserted = text.toString();
                    document.edit(
                            any -> Delta.builder().retain(at).insert(inserted).build());
                }
                case 2 -> {
                    int count = Math.min(length - at, 1 + random.nextInt(3));
                    if (count > 0) {
                        shown.slice(at, at + count).text().chars().forEach(deleted::add);
                        document.edit(
                                any -> Delta.builder().retain(at).delete(count).build());
                    }
                }
                default -> {
                    int count = Math.min(length - at, 1 + random.nextInt(3));
                    if (count > 0) {
                        document.edit(any -> Delta.builder()
                                .retain(at)
                                .retain(count, Attributes.of("bold", true))
                                .build());
                    }
                }
            }
        }
    }

    /** Undo is one's own: whatever others wrote meanwhile stays, and alone one comes back to where one began. */
    @Test
    void undoTakesBackOnesOwnAlone() {
        System.out.println("undo: seed " + seed + " (again with -Dpeal.seed=" + seed + ")");
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(seed + round);
            Document shown = Document.EMPTY;
            UndoStack undo = new UndoStack();
            Set<Integer> others = new HashSet<>();
            int next = FIRST;
            for (int step = 0; step < 30; step++) {
                boolean mine = random.nextInt(3) > 0;
                int at = random.nextInt(shown.length() + 1);
                String text = Character.toString(next);
                Delta change = Delta.builder().retain(at).insert(text).build();
                if (mine) {
                    undo.cut();
                    undo.edited(change, shown, 0);
                } else {
                    others.add(next);
                    undo.passed(change);
                }
                next++;
                shown = shown.apply(change);
            }
            while (undo.canUndo()) {
                shown = shown.apply(undo.undo(shown).orElse(Delta.EMPTY));
            }
            assertThat(shown.text().chars().boxed().toList())
                    .as("seed %d", seed + round)
                    .containsExactlyInAnyOrderElementsOf(others);
            while (undo.canRedo()) {
                shown = shown.apply(undo.redo(shown).orElse(Delta.EMPTY));
            }
            assertThat(shown.length()).as("seed %d", seed + round).isEqualTo(30);
        }
    }
}
