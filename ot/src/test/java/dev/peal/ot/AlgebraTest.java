package dev.peal.ot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The laws, at random (PROMISES 59 and 65): three operations on one document each time. */
class AlgebraTest {
    private static final int CASES = Cases.count(100_000, 1_000_000);

    private record Case(long seed, Cases random, Delta document, Delta a, Delta b, Delta c) {
        static Case of(long seed) {
            Cases random = new Cases(seed, seed % 2 == 0);
            Delta document = random.document(8);
            return new Case(
                    seed, random, document, random.change(document), random.change(document), random.change(document));
        }

        Delta after(Delta... changes) {
            Document changed = Document.of(document);
            for (Delta change : changes) {
                changed = changed.apply(change);
            }
            return changed.delta();
        }

        @Override
        public String toString() {
            return "seed " + seed + ": " + document + " a " + a + " b " + b + " c " + c;
        }
    }

    private interface Law {
        void check(Case c);
    }

    private static void holds(Law law) {
        long seed = Cases.firstSeed();
        for (int i = 0; i < CASES; i++) {
            law.check(Case.of(seed + i));
        }
    }

    @Test
    void bothOrdersOfTwoChangesComeToTheSame() {
        holds(c -> {
            assertSame(c, c.after(c.a, c.a.transform(c.b, true)), c.after(c.b, c.b.transform(c.a, false)));
            assertSame(c, c.after(c.a, c.a.transform(c.b, false)), c.after(c.b, c.b.transform(c.a, true)));
        });
    }

    @Test
    void composedIsAppliedOneAfterTheOther() {
        holds(c -> {
            Delta second = c.random.change(c.after(c.a));
            Delta composed = c.a.compose(second);
            assertSame(c, c.after(composed), c.after(c.a, second));
            assertSame(c, c.document.compose(composed), c.after(composed));
        });
    }

    @Test
    void composingGroupsAsItLikes() {
        holds(c -> {
            Delta second = c.random.change(c.after(c.a));
            Delta third = c.random.change(c.after(c.a, second));
            assertSame(c, c.after(c.a.compose(second).compose(third)), c.after(c.a.compose(second.compose(third))));
        });
    }

    @Test
    void invertedUndoes() {
        holds(c -> {
            Delta inverse = c.a.invert(c.document);
            assertSame(c, c.after(c.a, inverse), c.document);
            assertSame(c, c.document.compose(c.a.compose(inverse)), c.document);
        });
    }

    @Test
    void aPositionMovesAsAnInsertThereWould() {
        holds(c -> {
            int at = c.random.cut(c.document);
            Delta insert = Delta.builder().retain(at).embed("caret", true).build();
            for (boolean priority : new boolean[] {true, false}) {
                List<Op> moved = c.a.transform(insert, priority).ops();
                int expected = moved.get(0) instanceof Op.Retain retain ? retain.length() : 0;
                assertThat(c.a.transformPosition(at, !priority)).as(c::toString).isEqualTo(expected);
            }
        });
    }

    @Test
    void aDifferenceLeadsFromOneToTheOther() {
        holds(c -> {
            Delta after = c.random.chance(5) && c.random.keepsPairs() ? c.after(c.a) : c.random.document(8);
            Delta diff = c.document.diff(after);
            assertSame(c, c.after(diff), after);
            assertThat(DocumentRules.DEFAULT.checkFit(diff, Document.of(c.document)))
                    .as(c::toString)
                    .isEmpty();
        });
    }

    @Test
    void everyAnswerIsCanonical() {
        holds(c -> {
            Delta second = c.random.change(c.after(c.a));
            List.of(c.a.compose(second), c.a.transform(c.b, true), c.a.invert(c.document), c.after(c.a))
                    .forEach(delta -> assertSame(c, Delta.of(delta.ops()), delta));
        });
    }

    /** Threefold: what three clients did at the same time, in the order that the server gave it. */
    @Test
    void threeChangesInOneOrderFitTheDocumentTheyAreGivenTo() {
        holds(c -> {
            Delta b = c.a.transform(c.b, true);
            Delta afterBoth = c.a.transform(c.c, true);
            Delta third = b.transform(afterBoth, true);
            Delta composed = c.a.compose(b);
            assertSame(c, c.after(c.a, b, third), c.after(composed, third));
        });
    }

    private static void assertSame(Case c, Delta actual, Delta expected) {
        assertThat(actual).as(c::toString).isEqualTo(expected);
    }
}
