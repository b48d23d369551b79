package dev.peal.ot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Every small case there is (PROMISES 58): documents of at most four characters, of two letters and one surrogate pair. A change says of
 * each character that it stays, goes, gets or loses an attribute, and of each place that something is inserted there or not.
 */
class SmallestTest {
    private static final String[] ALPHABET = {"a", "b", "\uD83D\uDE00"};
    private static final Attributes BOLD = Attributes.of("bold", true);
    private static final Attributes PLAIN = Attributes.removing("bold");
    /** Of four characters and five places between them: how many a change touches. */
    private static final int TOUCHED_MAX = 2;
    /** Documents up to here see every change, however much it touches. */
    private static final int WHOLE_MAX = Cases.count(2, 3);

    @Test
    void bothOrdersOfAnyTwoChangesComeToTheSame() {
        long pairs = 0;
        for (List<String> characters : documents(4)) {
            Document document = document(characters, true);
            List<Delta> ones = changes(characters, touched(characters), "x");
            List<Delta> others = changes(characters, touched(characters), "y");
            for (Delta a : ones) {
                Document afterA = document.apply(a);
                for (Delta b : others) {
                    Document one = afterA.apply(a.transform(b, true));
                    Document other = document.apply(b).apply(b.transform(a, false));
                    if (!one.equals(other)) {
                        throw new AssertionError(document + " a " + a + " b " + b + ": " + one + " or " + other);
                    }
                    pairs++;
                }
            }
        }
        assertThat(pairs).isGreaterThan(1_000_000);
    }

    @Test
    void composingAnyThreeGroupsAsItLikes() {
        long triples = 0;
        for (List<String> characters : documents(2)) {
            Document document = document(characters, false);
            for (Delta a : changes(characters, 9, "x")) {
                Document afterA = document.apply(a);
                List<String> charactersA = characters(afterA);
                for (Delta b : changes(charactersA, 1, "y")) {
                    Document afterB = afterA.apply(b);
                    Delta ab = a.compose(b);
                    for (Delta c : changes(characters(afterB), 1, "z")) {
                        Document expected = afterB.apply(c);
                        Document left = document.apply(ab.compose(c));
                        Document right = document.apply(a.compose(b.compose(c)));
                        if (!left.equals(expected) || !right.equals(expected)) {
                            throw new AssertionError(document + " a " + a + " b " + b + " c " + c);
                        }
                        triples++;
                    }
                }
            }
        }
        assertThat(triples).isGreaterThan(100_000);
    }

    @Test
    void anyChangeIsUndoneByItsInverse() {
        for (List<String> characters : documents(4)) {
            Document document = document(characters, true);
            for (Delta a : changes(characters, touched(characters), "x")) {
                assertThat(document.apply(a).apply(document.invert(a)))
                        .as("%s a %s", document, a)
                        .isEqualTo(document);
            }
        }
    }

    private static int touched(List<String> characters) {
        return characters.size() <= WHOLE_MAX ? Integer.MAX_VALUE : TOUCHED_MAX;
    }

    private static List<List<String>> documents(int lengthMax) {
        List<List<String>> all = new ArrayList<>();
        addDocuments(List.of(), lengthMax, all);
        return all;
    }

    private static void addDocuments(List<String> start, int more, List<List<String>> all) {
        all.add(start);
        if (more > 0) {
            for (String character : ALPHABET) {
                List<String> longer = new ArrayList<>(start);
                longer.add(character);
                addDocuments(longer, more - 1, all);
            }
        }
    }

    /** Every second character is bold, where {@code mixed}. */
    private static Document document(List<String> characters, boolean mixed) {
        DeltaBuilder out = new DeltaBuilder();
        for (int i = 0; i < characters.size(); i++) {
            out.insert(characters.get(i), mixed && i % 2 == 1 ? BOLD : Attributes.NONE);
        }
        return Document.of(out.build());
    }

    private static List<String> characters(Document document) {
        return document.text().codePoints().mapToObj(Character::toString).toList();
    }

    private static List<Delta> changes(List<String> characters, int touchedMax, String inserted) {
        List<Delta> all = new ArrayList<>();
        choose(characters, 0, touchedMax, List.of(), inserted, all);
        return all;
    }

    /** Decides on the place before a character and on the character, and then on the rest. */
    private static void choose(
            List<String> characters, int i, int touches, List<Op> start, String inserted, List<Delta> all) {
        Consumer<List<Op>> next = ops -> {
            if (i == characters.size()) {
                all.add(Delta.of(ops));
                return;
            }
            int length = characters.get(i).length();
            int left = touches - (ops.size() > start.size() ? 1 : 0);
            choose(characters, i + 1, left, with(ops, new Op.Retain(length)), inserted, all);
            if (left > 0) {
                choose(characters, i + 1, left - 1, with(ops, new Op.Delete(length)), inserted, all);
                choose(characters, i + 1, left - 1, with(ops, new Op.Retain(length, BOLD)), inserted, all);
                choose(characters, i + 1, left - 1, with(ops, new Op.Retain(length, PLAIN)), inserted, all);
            }
        };
        next.accept(start);
        if (touches > 0) {
            next.accept(with(start, new Op.Insert(inserted)));
        }
    }

    private static List<Op> with(List<Op> ops, Op op) {
        List<Op> more = new ArrayList<>(ops);
        more.add(op);
        return more;
    }
}
