package dev.peal.ot.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.ot.Attributes;
import dev.peal.ot.Delta;
import dev.peal.ot.Op;
import dev.peal.protocol.JsonWriter;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the vectors, which hold the rest, cannot say well. */
class DeltaJsonTest {
    private static final Delta ALL = Delta.builder()
            .retain(3, Attributes.removing("bold").compose(Attributes.of("header", 2), true))
            .insert("a\"\n\uD83D\uDE00", Attributes.of("color", "red").with("code", true))
            .embed("mention", Map.of("id", 1.5, "tags", Arrays.asList("x", null, true, 1L << 40)))
            .embed("divider", true, Attributes.of("width", 1e300))
            .delete(2)
            .build();
    private static final String JSON = "{\"ops\":["
            + "{\"retain\":3,\"attributes\":{\"bold\":null,\"header\":2}},"
            + "{\"insert\":\"a\\\"\\n\uD83D\uDE00\",\"attributes\":{\"code\":true,\"color\":\"red\"}},"
            + "{\"insert\":{\"mention\":{\"id\":1.5,\"tags\":[\"x\",null,true,1099511627776]}}},"
            + "{\"insert\":{\"divider\":true},\"attributes\":{\"width\":1.0E300}},"
            + "{\"delete\":2}]}";

    private static DeltaRead read(String json) {
        return DeltaJson.read(JsonMapper.shared().readTree(json));
    }

    @Test
    void writesAllKindsOfOps() {
        assertThat(DeltaJson.write(new JsonWriter(), ALL)).hasToString(JSON);
        assertThat(DeltaJson.tree(ALL)).hasToString(JSON);
    }

    @Test
    void readsWhatItWrites() {
        assertThat(read(JSON)).isEqualTo(new DeltaRead.Valid(ALL));
        assertThat(DeltaJson.read(DeltaJson.tree(ALL))).isEqualTo(new DeltaRead.Valid(ALL));
    }

    @Test
    void writesIntoAnObjectAndAList() {
        JsonWriter out = new JsonWriter().object();
        DeltaJson.write(out, "content", Delta.ofText("a")).field("n", 1).array("more");
        DeltaJson.write(out, Delta.EMPTY);
        DeltaJson.write(out, Delta.EMPTY).end().end();
        assertThat(out)
                .hasToString(
                        "{\"content\":{\"ops\":[{\"insert\":\"a\"}]},\"n\":1,\"more\":[{\"ops\":[]},{\"ops\":[]}]}");
    }

    @Test
    void saysWhichOpIsWrong() {
        assertThat(read("{\"ops\":[{\"retain\":1},{\"insert\":\"\"}]}"))
                .isEqualTo(new DeltaRead.Invalid(1, "inserts nothing"));
        assertThat(read("[]"))
                .isInstanceOfSatisfying(
                        DeltaRead.Invalid.class, i -> assertThat(i.op()).isEqualTo(-1));
    }

    @Test
    void numbersThatNoDoubleHoldsAreRefused() {
        ObjectNode retain = JsonNodeFactory.instance.objectNode();
        retain.set("retain", JsonNodeFactory.instance.numberNode(BigInteger.TEN.pow(400)));
        assertThat(DeltaJson.read(ops(retain))).isInstanceOf(DeltaRead.Invalid.class);
        ObjectNode insert = JsonNodeFactory.instance.objectNode().put("insert", "a");
        insert.putObject("attributes").set("header", JsonNodeFactory.instance.numberNode(BigInteger.TEN.pow(400)));
        assertThat(DeltaJson.read(ops(insert))).isInstanceOf(DeltaRead.Invalid.class);
        ObjectNode infinite = JsonNodeFactory.instance.objectNode().put("insert", "a");
        infinite.putObject("attributes").put("header", Double.POSITIVE_INFINITY);
        assertThat(DeltaJson.read(ops(infinite))).isInstanceOf(DeltaRead.Invalid.class);
    }

    @Test
    void largeIntegersAreWhatJavaScriptReads() {
        assertThat(read("{\"ops\":[{\"insert\":\"a\",\"attributes\":{\"header\":9007199254740993}}]}"))
                .isEqualTo(
                        new DeltaRead.Valid(Delta.of(new Op.Insert("a", Attributes.of("header", 9007199254740992.0)))));
    }

    /** At the limit and one past it. */
    @Test
    void embedsAreNotDeep() {
        assertThat(read(embed(DeltaJson.NESTING_MAX))).isInstanceOf(DeltaRead.Valid.class);
        assertThat(read(embed(DeltaJson.NESTING_MAX + 1))).isInstanceOf(DeltaRead.Invalid.class);
    }

    private static String embed(int depth) {
        return "{\"ops\":[{\"insert\":{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}}]}";
    }

    @Test
    void aDeltaCoversAsMuchAsHalfAnIntCounts() {
        String most = "{\"ops\":[{\"retain\":" + DeltaJson.LENGTH_MAX + "}";
        assertThat(read(most + "]}")).isEqualTo(new DeltaRead.Valid(Delta.of(new Op.Retain(DeltaJson.LENGTH_MAX))));
        assertThat(read(most + ",{\"retain\":1}]}")).isInstanceOf(DeltaRead.Invalid.class);
        Delta retains = Delta.of(new Op.Retain(DeltaJson.LENGTH_MAX, Attributes.of("bold", true)));
        Delta inserted = Delta.ofText("x".repeat(1_000));
        assertThat(inserted.transform(retains, true).baseLength()).isEqualTo(1_000L + DeltaJson.LENGTH_MAX);
    }

    @Test
    void aHundredThousandOpsAreRead() {
        ArrayNode ops = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 50_000; i++) {
            ops.addObject().put("delete", 1);
            ops.addObject().put("retain", 1);
        }
        DeltaRead read = DeltaJson.read(JsonNodeFactory.instance.objectNode().set("ops", ops));
        assertThat(((DeltaRead.Valid) read).delta().ops()).hasSize(100_000);
    }

    private static JsonNode ops(JsonNode... ops) {
        ObjectNode delta = JsonNodeFactory.instance.objectNode();
        delta.putArray("ops").addAll(List.of(ops));
        return delta;
    }
}
