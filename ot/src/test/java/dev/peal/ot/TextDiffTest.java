package dev.peal.ot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What {@link OracleTest} does not see of differences: surrogate pairs, and texts that are made to be slow. */
class TextDiffTest {
    @Test
    void noPieceEndsWithinAPair() {
        long seed = Cases.firstSeed();
        for (int i = 0; i < 200_000; i++) {
            Random random = Cases.random(seed + i);
            String before = emoji(random);
            String after = emoji(random);
            for (Piece piece : TextDiff.diff(before, after)) {
                assertThat(Text.isWellFormed(piece.text))
                        .as("seed %d: %s to %s", seed + i, before, after)
                        .isTrue();
            }
        }
    }

    /** Pairs that share their first half, or their second. */
    private static String emoji(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            switch (random.nextInt(6)) {
                case 0 -> text.append('a');
                case 1 -> text.append(' ');
                case 2 -> text.append("\uD83D\uDE00");
                case 3 -> text.append("\uD83D\uDE01");
                case 4 -> text.append("\uD83E\uDE00");
                default -> text.append("\uD83E\uDE01");
            }
        }
        return text.toString();
    }

    @Test
    void editsCoverWords() {
        assertThat(diff("The came.", "The cat came."))
                .isEqualTo(Delta.builder().retain(4).insert("cat ").build());
        assertThat(diff("one two", "one six two"))
                .isEqualTo(Delta.builder().retain(4).insert("six ").build());
    }

    /** Each is quadratic or worse in the original; a minute here would be a server that does not answer. */
    @Test
    void textsThatRepeatThemselvesAreQuick() {
        String as = "a".repeat(1_000_000);
        leadsTo(as, as + as);
        leadsTo(as + "b", "b" + as);
        leadsTo(as.substring(1) + "b" + as, "c" + as);
        leadsTo(as + "b" + as.substring(7), as.substring(3) + "c" + as);
        leadsTo("ab".repeat(500_000), "ba".repeat(400_000) + "b");
        leadsTo("ab".repeat(500_000), "abb".repeat(400_000));
    }

    /** Nothing in common but letters: the search gives up, the answer is right all the same. */
    @Test
    void unlikeTextsAreReplaced() {
        Random random = Cases.random(Cases.firstSeed());
        leadsTo(letters(random, 300_000), letters(random, 300_000));
    }

    @Test
    void aFewEditsInALongTextAreFewOps() {
        Random random = Cases.random(Cases.firstSeed());
        StringBuilder before = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            before.append("line ").append(i).append(letters(random, 40)).append('\n');
        }
        StringBuilder after = new StringBuilder(before);
        for (int i = 0; i < 50; i++) {
            after.insert(20_000 * i, "!");
        }
        Delta diff = leadsTo(before.toString(), after.toString());
        assertThat(diff.lengthChange()).isEqualTo(50);
        assertThat(diff.ops().stream().filter(Op.Delete.class::isInstance)).isEmpty();
    }

    /** Lines all different, and more of them than there are units to stand for them. */
    @Test
    void manyShortLinesAreComparedToo() {
        StringBuilder before = new StringBuilder();
        for (int i = 0; i < 70_000; i++) {
            before.append(i).append('\n');
        }
        leadsTo(before.toString(), "x" + before.substring(500_00) + "y");
    }

    private static String letters(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static Delta diff(String before, String after) {
        return Delta.ofText(before).diff(Delta.ofText(after));
    }

    private static Delta leadsTo(String before, String after) {
        Delta diff = diff(before, after);
        assertThat(Document.of(Delta.ofText(before)).apply(diff).text().equals(after))
                .isTrue();
        return diff;
    }

    @Test
    void findsEndsOnBeginnings() {
        for (String[] pair : List.<String[]>of(
                new String[] {"abcxxx", "xxxdef", "3"},
                new String[] {"aaa", "aa", "2"},
                new String[] {"abab", "babab", "3"},
                new String[] {"abc", "abc", "3"},
                new String[] {"abc", "", "0"},
                new String[] {"abc", "d", "0"})) {
            assertThat(Overlaps.endOnBeginning(pair[0], pair[1])).isEqualTo(Integer.parseInt(pair[2]));
        }
    }

    /** The searches of long texts answer what those of the JDK do. */
    @Test
    void findsPartsOfTexts() {
        long seed = Cases.firstSeed();
        for (int i = 0; i < 200; i++) {
            Random random = Cases.random(seed + i);
            String part =
                    "ab".repeat(random.nextInt(300) + 1) + letters(random, 2).replace('c', 'a');
            String text = "ab".repeat(4_000) + part + "ab".repeat(random.nextInt(100));
            assertThat(Overlaps.indexOf(text, part)).as("seed %d", seed + i).isEqualTo(text.indexOf(part));
            assertThat(Overlaps.indexOf(text, part + "!")).isEqualTo(-1);
        }
    }
}
