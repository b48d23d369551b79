package dev.peal.ot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The same cases through Java and through the npm package quill-delta, op by op equal (PROMISES 62). */
class OracleTest {
    private static final int CASES = Cases.count(100_000, 1_000_000);
    private static final int BATCH = 500;

    /** Calls for the oracle, and what Java answers to each. */
    private static final class Batch {
        private final ArrayNode calls = JsonNodeFactory.instance.arrayNode();
        private final List<JsonNode> expected = new ArrayList<>();

        ObjectNode call(String name, JsonNode answer) {
            expected.add(answer);
            return calls.addObject().put("call", name);
        }

        ObjectNode call(String name, Delta answer) {
            return call(name, JsonDeltas.json(answer));
        }

        void check(Oracle oracle, long seed) {
            JsonNode answers = oracle.answers(calls);
            for (int i = 0; i < calls.size(); i++) {
                check(i, answers.get(i), seed);
            }
        }

        private void check(int i, JsonNode answer, long seed) {
            // Compared as text first: that is quick, and mostly all.
            String actual = expected.get(i).toString();
            if (!actual.equals(answer.toString())) {
                assertThat(JsonDeltas.MAPPER.readTree(actual))
                        .as("seed %d: %s", seed, calls.get(i))
                        .isEqualTo(answer);
            }
        }

        /** Leaves out answers that cut a surrogate pair; how many are left. */
        int checkWhole(Oracle oracle, long seed) {
            JsonNode answers = oracle.answers(calls);
            int whole = 0;
            for (int i = 0; i < calls.size(); i++) {
                if (!Oracle.cutsPair(calls.get(i).get("document"), answers.get(i))) {
                    check(i, answers.get(i), seed);
                    whole++;
                }
            }
            return whole;
        }
    }

    @Test
    void javaAnswersWhatJavaScriptAnswers() throws IOException {
        long seed = Cases.firstSeed();
        try (Oracle oracle = new Oracle()) {
            for (long at = seed; at < seed + CASES; at += BATCH) {
                Batch batch = new Batch();
                for (long one = at; one < at + BATCH; one++) {
                    addCase(batch, new Cases(one, one % 2 == 0));
                }
                batch.check(oracle, at);
            }
        }
    }

    private static void addCase(Batch batch, Cases random) {
        Delta document = random.document(6);
        Delta a = random.change(document);
        Delta b = random.change(document);
        Delta second = random.change(document.compose(a));
        JsonNode jsonA = JsonDeltas.json(a);
        JsonNode jsonB = JsonDeltas.json(b);
        JsonNode jsonDocument = JsonDeltas.json(document);
        batch.call("compose", document.compose(a)).set("a", jsonDocument).set("b", jsonA);
        batch.call("compose", a.compose(second)).set("a", jsonA).set("b", JsonDeltas.json(second));
        // Not meant to follow one another: reaching beyond what the other leaves.
        batch.call("compose", a.compose(b)).set("a", jsonA).set("b", jsonB);
        boolean priority = random.chance(5);
        batch.call("transform", a.transform(b, priority))
                .put("priority", priority)
                .set("a", jsonA)
                .set("b", jsonB);
        int index = random.below(12);
        batch.call("transformPosition", JsonNodeFactory.instance.numberNode(a.transformPosition(index, priority)))
                .put("priority", priority)
                .put("index", index)
                .set("a", jsonA);
        batch.call("invert", a.invert(document)).set("a", jsonA).set("document", jsonDocument);
    }

    /** Without surrogate pairs, as the package may cut one and Java does not: see {@link TextDiffTest}. */
    @Test
    void differencesAreThoseOfJavaScript() throws IOException {
        long seed = Cases.firstSeed();
        try (Oracle oracle = new Oracle()) {
            for (long at = seed; at < seed + CASES; at += BATCH) {
                Batch batch = new Batch();
                for (long one = at; one < at + BATCH; one++) {
                    Cases random = new Cases(one, true);
                    Delta document = withoutPairs(random.document(12));
                    Delta after = withoutPairs(
                            random.chance(5) ? document.compose(random.change(document)) : random.document(12));
                    batch.call("diff", document.diff(after))
                            .set("document", JsonDeltas.json(document))
                            .set("after", JsonDeltas.json(after));
                }
                batch.check(oracle, at);
            }
        }
    }

    /** With pairs, wherever the package cuts none. */
    @Test
    void differencesOfPairsAreThoseOfJavaScriptWhereThatCutsNone() throws IOException {
        long seed = Cases.firstSeed();
        int whole = 0;
        try (Oracle oracle = new Oracle()) {
            for (long at = seed; at < seed + CASES / 4; at += BATCH) {
                Batch batch = new Batch();
                for (long one = at; one < at + BATCH; one++) {
                    Cases random = new Cases(one, true);
                    Delta document = random.document(10);
                    Delta after = random.chance(5) ? document.compose(random.change(document)) : random.document(10);
                    batch.call("diff", document.diff(after))
                            .set("document", JsonDeltas.json(document))
                            .set("after", JsonDeltas.json(after));
                }
                whole += batch.checkWhole(oracle, at);
            }
        }
        System.out.println(whole + " of " + CASES / 4 + " without a cut");
        assertThat(whole).isGreaterThan(CASES / 5);
    }

    private static Delta withoutPairs(Delta document) {
        DeltaBuilder out = new DeltaBuilder();
        for (Op op : document.ops()) {
            if (op instanceof Op.Insert insert) {
                out.insert(insert.text().replace("\uD83D\uDE00", "c").replace("\uD83D\uDE01", "d"), op.attributes());
            } else {
                out.add(op);
            }
        }
        return out.build();
    }
}
