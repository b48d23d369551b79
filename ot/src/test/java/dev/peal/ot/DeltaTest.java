package dev.peal.ot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltaTest {
    private static final Attributes BOLD = Attributes.of("bold", true);

    @Test
    void likeOpsBecomeOne() {
        assertThat(Delta.of(new Op.Insert("a"), new Op.Insert("b"), new Op.Retain(1), new Op.Retain(2))
                        .ops())
                .containsExactly(new Op.Insert("ab"), new Op.Retain(3));
        assertThat(Delta.of(new Op.Delete(1), new Op.Delete(2)).ops()).containsExactly(new Op.Delete(3));
        assertThat(Delta.of(new Op.Insert("a", BOLD), new Op.Insert("b")).ops()).hasSize(2);
    }

    @Test
    void anInsertComesBeforeTheDeleteAtItsPlace() {
        assertThat(Delta.of(new Op.Insert("a"), new Op.Delete(1), new Op.Insert("b"), new Op.Delete(2))
                        .ops())
                .containsExactly(new Op.Insert("ab"), new Op.Delete(3));
        assertThat(Delta.of(new Op.Delete(1), new Op.Embed("image", "x"), new Op.Insert("b"))
                        .ops())
                .containsExactly(new Op.Embed("image", "x"), new Op.Insert("b"), new Op.Delete(1));
    }

    @Test
    void anOpCoversSomething() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Op.Retain(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Op.Delete(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Op.Insert(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Op.Embed("", true));
        assertThat(Delta.builder().retain(0).insert("").delete(0).build()).isSameAs(Delta.EMPTY);
    }

    @Test
    void anInsertTakesNothingAway() {
        Attributes worn = BOLD.compose(Attributes.removing("color"), true);
        assertThat(new Op.Insert("a", worn).attributes()).isEqualTo(BOLD);
        assertThat(new Op.Embed("image", "x", worn).attributes()).isEqualTo(BOLD);
        assertThat(Delta.builder().insert("a", worn).insert("b", BOLD).build().ops())
                .hasSize(1);
    }

    @Test
    void lengthsAddUpOrAreRefused() {
        DeltaBuilder builder = Delta.builder().retain(Integer.MAX_VALUE);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> builder.retain(1));
    }

    @Test
    void numbersAreEqualWhereJsonsAre() {
        assertThat(Attributes.of("header", 1))
                .isEqualTo(Attributes.of("header", 1L))
                .isEqualTo(Attributes.of("header", 1.0))
                .hasSameHashCodeAs(Attributes.of("header", 1.0f));
        assertThat(Attributes.of("header", 0.5)).isNotEqualTo(Attributes.of("header", 1));
        assertThat(Attributes.of("header", -0.0)).isEqualTo(Attributes.of("header", 0));
        assertThat(Attributes.of("header", 1e300).get("header")).isEqualTo(1e300);
        assertThatIllegalArgumentException().isThrownBy(() -> Attributes.of("header", Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Attributes.of("header", List.of()));
    }

    @Test
    void attributesAreEqualInAnyOrder() {
        Attributes one = Attributes.of(Map.of("bold", true, "color", "red"));
        assertThat(one).isEqualTo(BOLD.with("color", "red")).hasSameHashCodeAs(BOLD.with("color", "red"));
        assertThat(one.toMap()).containsExactly(Map.entry("bold", true), Map.entry("color", "red"));
        assertThat(one.get("color")).isEqualTo("red");
        assertThat(one.get("size")).isNull();
        assertThat(one.has("size")).isFalse();
        assertThat(Attributes.removing("size").has("size")).isTrue();
    }

    @Test
    void anEmbedsValueIsItsOwn() {
        List<Object> list = new ArrayList<>(Arrays.asList(1, "a", null));
        Map<String, Object> value = new HashMap<>(Map.of("list", list));
        Op.Embed embed = new Op.Embed("mention", value);
        list.clear();
        value.clear();
        assertThat(embed.value()).isEqualTo(Map.of("list", Arrays.asList(1L, "a", null)));
    }

    @Test
    void anEmbedsValueIsNotDeep() {
        Object deep = "x";
        for (int i = 0; i < 100_000; i++) {
            deep = List.of(deep);
        }
        Object tooDeep = deep;
        assertThatIllegalArgumentException().isThrownBy(() -> new Op.Embed("mention", tooDeep));
    }

    @Test
    void countsWhatItCovers() {
        Delta delta = Delta.builder()
                .retain(3)
                .insert("ab")
                .delete(4)
                .embed("image", "x")
                .retain(1)
                .build();
        assertThat(delta.length()).isEqualTo(11);
        assertThat(delta.baseLength()).isEqualTo(8);
        assertThat(delta.lengthChange()).isEqualTo(-1);
        assertThat(delta.isDocument()).isFalse();
        assertThat(Delta.ofText("a").isDocument()).isTrue();
    }

    @Test
    void whatHasPriorityStandsFirst() {
        Delta a = Delta.ofText("a");
        Delta b = Delta.ofText("b");
        assertThat(a.transform(b, true))
                .isEqualTo(Delta.builder().retain(1).insert("b").build());
        assertThat(a.transform(b, false)).isEqualTo(b);
    }

    @Test
    void theEarlierAttributeWinsWithPriority() {
        Delta red = Delta.of(new Op.Retain(1, Attributes.of("color", "red").with("bold", true)));
        Delta blue = Delta.of(new Op.Retain(1, Attributes.of("color", "blue").with("size", "large")));
        assertThat(red.transform(blue, true)).isEqualTo(Delta.of(new Op.Retain(1, Attributes.of("size", "large"))));
        assertThat(red.transform(blue, false)).isEqualTo(blue);
    }

    @Test
    void whatIsGoneTakesNoChange() {
        Delta delete = Delta.builder().retain(1).delete(2).build();
        assertThat(delete.transform(Delta.builder().retain(2, BOLD).delete(2).build(), true))
                .isEqualTo(Delta.builder().retain(1, BOLD).delete(1).build());
        assertThat(delete.transform(delete, true)).isEqualTo(Delta.EMPTY);
    }

    @Test
    void aPositionStaysBeforeAnInsertWithPriorityAlone() {
        Delta insert = Delta.builder().retain(2).insert("xyz").build();
        assertThat(insert.transformPosition(2, true)).isEqualTo(2);
        assertThat(insert.transformPosition(2, false)).isEqualTo(5);
        assertThat(insert.transformPosition(3, true)).isEqualTo(6);
        assertThat(Delta.builder().retain(1).delete(3).build().transformPosition(2, false))
                .isEqualTo(1);
        assertThat(Delta.of(new Op.Retain(Integer.MAX_VALUE)).transformPosition(5, false))
                .isEqualTo(5);
    }

    /** Many small inserts in one builder: each added to the text before, in linear time together. */
    @Test
    void manySmallInsertsAreQuick() {
        DeltaBuilder builder = Delta.builder();
        for (int i = 0; i < 1_000_000; i++) {
            builder.insert("ab");
        }
        assertThat(builder.build().length()).isEqualTo(2_000_000);
    }

    @Test
    void aHundredThousandOpsTransformAndCompose() {
        DeltaBuilder a = Delta.builder();
        DeltaBuilder b = Delta.builder();
        for (int i = 0; i < 50_000; i++) {
            a.retain(1).insert("x").retain(1, BOLD);
            b.delete(1).retain(1).insert("y");
        }
        Document document = Document.of(Delta.ofText("z".repeat(100_000)));
        Delta one = a.build();
        Delta other = b.build();
        Document expected = document.apply(one).apply(one.transform(other, true));
        assertThat(document.apply(other).apply(other.transform(one, false))).isEqualTo(expected);
        assertThat(document.apply(one.compose(one.transform(other, true)))).isEqualTo(expected);
    }
}
