package dev.peal.ot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DocumentTest {
    private static final Attributes BOLD = Attributes.of("bold", true);

    private static Document text(String text) {
        return Document.of(Delta.ofText(text));
    }

    private static Delta replacing(int at, int deleted, String inserted) {
        return Delta.builder().retain(at).insert(inserted).delete(deleted).build();
    }

    @Test
    void theEmptyDocumentHasNoOps() {
        assertThat(Document.EMPTY.length()).isZero();
        assertThat(Document.EMPTY.delta()).isEqualTo(Delta.EMPTY);
        assertThat(Document.of(Delta.EMPTY)).isSameAs(Document.EMPTY);
        assertThat(text("ab").apply(Delta.of(new Op.Delete(2)))).isSameAs(Document.EMPTY);
    }

    @Test
    void insertsDeletesAndFormats() {
        Document document = text("hello world")
                .apply(Delta.builder().retain(5).insert(",").retain(6, BOLD).build())
                .apply(Delta.builder().delete(1).insert("H").build());
        assertThat(document.delta())
                .isEqualTo(
                        Delta.builder().insert("Hello,").insert(" world", BOLD).build());
        assertThat(document.text()).isEqualTo("Hello, world");
    }

    @Test
    void anEmbedIsOneUnit() {
        Document document = Document.of(
                Delta.builder().insert("a").embed("image", "x").insert("b").build());
        assertThat(document.length()).isEqualTo(3);
        assertThat(document.text()).isEqualTo("a\uFFFCb");
        assertThat(document.apply(replacing(1, 1, "")).text()).isEqualTo("ab");
    }

    @Test
    void consistsOfInsertsAlone() {
        assertThatIllegalArgumentException().isThrownBy(() -> Document.of(Delta.of(new Op.Retain(1))));
        assertThatIllegalArgumentException().isThrownBy(() -> Document.of(Delta.of(new Op.Delete(1))));
    }

    @Test
    void nothingReachesBeyondTheEnd() {
        Document document = text("abc");
        for (Op op :
                List.of(new Op.Retain(4), new Op.Delete(4), new Op.Retain(4, BOLD), new Op.Retain(Integer.MAX_VALUE))) {
            assertThatIllegalArgumentException().isThrownBy(() -> document.apply(Delta.of(op)));
            assertThatIllegalArgumentException().isThrownBy(() -> document.invert(Delta.of(op)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> document.apply(Delta.of(new Op.Retain(1), new Op.Insert("x"), op)));
        }
    }

    /** A retain at the very end passes, one unit more does not. */
    @Test
    void reachesToTheEnd() {
        assertThat(text("abc")
                        .apply(Delta.builder().retain(3).insert("d").build())
                        .text())
                .isEqualTo("abcd");
    }

    @Test
    void slices() {
        Document document = text("hello").apply(Delta.builder().retain(2, BOLD).build());
        assertThat(document.slice(1, 3).delta())
                .isEqualTo(Delta.builder().insert("e", BOLD).insert("l").build());
        assertThat(document.slice(2, 2)).isSameAs(Document.EMPTY);
        assertThat(document.slice(0, 5)).isEqualTo(document);
        assertThatIllegalArgumentException().isThrownBy(() -> document.slice(-1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> document.slice(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> document.slice(3, 6));
    }

    @Test
    void seesWhereAPairIsSplit() {
        Document document = text("a\uD83D\uDE00b");
        assertThat(List.of(0, 1, 2, 3, 4)).filteredOn(document::splitsPair).containsExactly(2);
    }

    /** A document of any size and history equals a string that was edited alike, and its tree stays in shape. */
    @Test
    void equalsATextThatWasEditedAlike() {
        long seed = Cases.firstSeed();
        for (int run = 0; run < 20; run++) {
            Random random = Cases.random(seed + run);
            Document document = Document.EMPTY;
            StringBuilder model = new StringBuilder();
            for (int i = 0; i < 2_000; i++) {
                int at = random.nextInt(model.length() + 1);
                int deleted = random.nextInt(Math.min(model.length() - at, most(random)) + 1);
                String inserted = ("" + (char) ('a' + random.nextInt(26))).repeat(random.nextInt(most(random)));
                document = document.apply(replacing(at, deleted, inserted));
                model.replace(at, at + deleted, inserted);
            }
            assertThat(document.text()).as("seed %d", seed + run).isEqualTo(model.toString());
            assertThat(document).isEqualTo(text(model.toString())).hasSameHashCodeAs(text(model.toString()));
            document.requireShape();
        }
    }

    /** Mostly typing, at times a page. */
    private static int most(Random random) {
        return random.nextInt(20) == 0 ? 20_000 : random.nextInt(5) == 0 ? 400 : 4;
    }

    @Test
    void equalsTheComposedDelta() {
        long seed = Cases.firstSeed();
        for (int run = 0; run < 100; run++) {
            Cases random = new Cases(seed + run, true);
            Delta model = random.document(500);
            Document document = Document.of(model);
            for (int i = 0; i < 200; i++) {
                Delta change = random.change(model);
                change = Delta.builder().retain(random.cut(model)).build().compose(change);
                model = model.compose(change);
                document = document.apply(change);
            }
            assertThat(document.delta()).as("seed %d", seed + run).isEqualTo(model);
            document.requireShape();
        }
    }

    /** Each version keeps its content while its successors are made. */
    @Test
    void aVersionStaysAsItWas() {
        Random random = Cases.random(Cases.firstSeed());
        List<Document> versions = new ArrayList<>(List.of(text("x".repeat(10_000))));
        List<String> texts = new ArrayList<>(List.of("x".repeat(10_000)));
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(versions.size());
            int at = random.nextInt(5_000);
            versions.add(versions.get(from).apply(replacing(at, 3, "y" + i)));
            texts.add(new StringBuilder(texts.get(from))
                    .replace(at, at + 3, "y" + i)
                    .toString());
        }
        for (int i = 0; i < versions.size(); i++) {
            assertThat(versions.get(i).text()).isEqualTo(texts.get(i));
        }
    }

    /** The worst for a tree: the same end of it again and again, and then unit by unit away. */
    @Test
    void staysInShapeAtItsEnds() {
        Document document = Document.EMPTY;
        for (int i = 0; i < 20_000; i++) {
            Attributes look = i % 3 == 0 ? BOLD : Attributes.NONE;
            int at = i % 2 == 0 ? 0 : document.length();
            document =
                    document.apply(Delta.builder().retain(at).insert("ab", look).build());
        }
        document.requireShape();
        assertThat(document.length()).isEqualTo(40_000);
        while (document.length() > 1) {
            document = document.apply(Delta.builder()
                    .delete(1)
                    .retain(document.length() - 2)
                    .delete(1)
                    .build());
            if (document.length() % 997 == 0) {
                document.requireShape();
            }
        }
    }

    @Test
    void tenMillionUnitsAreEditedFormattedAndCutAsAnyOthers() {
        String line = "The quick brown fox jumps over the lazy dog.\n";
        String all = line.repeat(10_000_000 / line.length());
        Document document = text(all);
        document.requireShape();
        assertThat(document.length()).isEqualTo(all.length());
        Document edited = document.apply(replacing(5_000_000, 4_000_000, "x"));
        assertThat(edited.length()).isEqualTo(all.length() - 3_999_999);
        assertThat(edited.slice(4_999_999, 5_000_002).text())
                .isEqualTo(all.charAt(4_999_999) + "x" + all.charAt(9_000_000));
        Document bold =
                document.apply(Delta.builder().retain(1).retain(9_000_000, BOLD).build());
        assertThat(bold.delta().ops()).hasSize(3);
        edited.requireShape();
        bold.requireShape();
        assertThat(document.diff(edited).invert(document.delta())).isEqualTo(edited.diff(document));
        assertThat(document.text()).isEqualTo(all);
    }

    /** A hundred thousand ops in one change. */
    @Test
    void takesAChangeOfManyOps() {
        DeltaBuilder content = Delta.builder();
        DeltaBuilder change = Delta.builder();
        for (int i = 0; i < 50_000; i++) {
            content.insert("ab").insert("c", BOLD);
            change.retain(1).delete(1).insert("x").retain(1, Attributes.removing("bold"));
        }
        Document document = Document.of(content.build()).apply(change.build());
        assertThat(document.delta()).isEqualTo(Delta.ofText("axc".repeat(50_000)));
        document.requireShape();
    }

    @Test
    void equalTextsOfOtherLookDiffer() {
        Document plain = text("abcdef");
        Document bold = plain.apply(Delta.builder().retain(6, BOLD).build());
        assertThat(plain).isNotEqualTo(bold);
        assertThat(bold.apply(
                        Delta.builder().retain(6, Attributes.removing("bold")).build()))
                .isEqualTo(plain);
    }

    @Test
    void countsWhatEmbedsAndAttributesTake() {
        Document document = Document.of(Delta.builder()
                .insert("abc")
                .embed("image", "x".repeat(1_000))
                .insert("d", Attributes.of("link", "y".repeat(500)))
                .build());
        assertThat(document.size()).isBetween(1_505L, 1_530L);
        assertThat(document.apply(replacing(3, 2, "")).size()).isEqualTo(3);
    }
}
