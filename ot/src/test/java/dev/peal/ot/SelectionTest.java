package dev.peal.ot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final Selection WORD = new Selection(2, 3);

    private static Delta insertedAt(int index) {
        return Delta.builder().retain(index).insert("xy").build();
    }

    @Test
    void aRangeGrowsWithWhatIsInsertedInIt() {
        assertThat(WORD.transform(insertedAt(3), true)).isEqualTo(new Selection(2, 5));
        assertThat(WORD.transform(insertedAt(1), true)).isEqualTo(new Selection(4, 3));
        assertThat(WORD.transform(insertedAt(6), true)).isEqualTo(WORD);
    }

    @Test
    void aRangeDoesNotGrowAtItsEdges() {
        for (boolean priority : new boolean[] {true, false}) {
            assertThat(WORD.transform(insertedAt(2), priority)).isEqualTo(new Selection(4, 3));
            assertThat(WORD.transform(insertedAt(5), priority)).isEqualTo(WORD);
        }
    }

    @Test
    void aCaretStaysBeforeAnInsertWithPriorityAlone() {
        assertThat(Selection.caret(2).transform(insertedAt(2), true)).isEqualTo(Selection.caret(2));
        assertThat(Selection.caret(2).transform(insertedAt(2), false)).isEqualTo(Selection.caret(4));
    }

    @Test
    void aRangeThatIsDeletedIsACaret() {
        assertThat(WORD.transform(Delta.builder().retain(1).delete(9).build(), true))
                .isEqualTo(Selection.caret(1));
        Delta replaced = Delta.builder().retain(2).insert("xy").delete(3).build();
        assertThat(WORD.transform(replaced, true)).isEqualTo(Selection.caret(4));
    }

    @Test
    void isWithinWhatAnIntCounts() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Selection(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Selection(0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Selection(Integer.MAX_VALUE, 1));
    }
}
