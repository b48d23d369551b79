package dev.peal.ot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The vectors that Java and TypeScript share are what quill-delta answers to cases of fixed seeds, and what was written by hand;
 * {@code ot-json} runs them.
 */
class OtVectorsTest {
    private static final Path FILE = Path.of("../spec/src/main/resources/dev/peal/spec/vectors/ot.json");
    private static final String ABOUT =
            "Deltas: how they are read, composed, transformed, inverted and compared, as npm's quill-delta 5.1 does it; "
                    + "how selections move; what an operation may not say. Deltas are equal where their ops are, in any order of names.";
    private static final int OF_EACH = 50;

    /** {@code -Dpeal.spec.write=true} writes the file anew. */
    @Test
    void theVectorsAreWhatQuillDeltaAnswers() throws IOException {
        ArrayNode cases = generated();
        if (Boolean.getBoolean("peal.spec.write")) {
            Files.writeString(FILE, printed(cases));
        }
        assertThat(JsonDeltas.MAPPER.readTree(Files.readString(FILE)).get("cases"))
                .as("stale: run the tests of ot with -Dpeal.spec.write=true")
                .isEqualTo(JsonDeltas.MAPPER.readTree(cases.toString()));
    }

    private static ArrayNode generated() throws IOException {
        ArrayNode cases = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < OF_EACH; i++) {
            addCases(cases, new Cases(i + 1, i % 2 == 0));
            addDifference(cases, new Cases(OF_EACH + i + 1, true));
        }
        try (Oracle oracle = new Oracle()) {
            JsonNode answers = oracle.answers(cases);
            List<Integer> cutting = new ArrayList<>();
            for (int i = 0; i < cases.size(); i++) {
                ObjectNode one = (ObjectNode) cases.get(i);
                one.set("result", answers.get(i));
                if (one.get("call").stringValue().equals("diff")
                        && Oracle.cutsPair(one.get("document"), answers.get(i))) {
                    cutting.add(0, i);
                }
            }
            cutting.forEach(cases::remove);
        }
        return cases.addAll(HandMadeVectors.cases());
    }

    private static void addCases(ArrayNode cases, Cases random) {
        Delta document = random.document(5);
        Delta a = random.change(document);
        Delta b = random.change(document);
        Delta second = random.change(document.compose(a));
        JsonNode jsonA = JsonDeltas.json(a);
        add(cases, "compose").set("a", jsonA).set("b", JsonDeltas.json(second));
        add(cases, "compose").set("a", JsonDeltas.json(document)).set("b", jsonA);
        for (boolean priority : new boolean[] {true, false}) {
            add(cases, "transform").put("priority", priority).set("a", jsonA).set("b", JsonDeltas.json(b));
            add(cases, "transformPosition")
                    .put("priority", priority)
                    .put("index", random.below(9))
                    .set("a", jsonA);
        }
        add(cases, "invert").set("a", jsonA).set("document", JsonDeltas.json(document));
    }

    /** Of well-formed text: what quill-delta makes of halves of pairs is nothing to copy. */
    private static void addDifference(ArrayNode cases, Cases random) {
        Delta document = random.document(5);
        Delta after = random.chance(3) ? random.document(5) : document.compose(random.change(document));
        add(cases, "diff").set("document", JsonDeltas.json(document)).set("after", JsonDeltas.json(after));
    }

    private static ObjectNode add(ArrayNode cases, String call) {
        return cases.addObject().put("name", call + " " + cases.size()).put("call", call);
    }

    /** A case to a line, in ASCII: halves of surrogate pairs have no UTF-8. */
    private static String printed(ArrayNode cases) {
        JsonMapper ascii =
                JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        StringBuilder text =
                new StringBuilder("{\n  \"about\": " + ascii.writeValueAsString(ABOUT) + ",\n  \"cases\": [\n");
        for (int i = 0; i < cases.size(); i++) {
            text.append("    ")
                    .append(ascii.writeValueAsString(cases.get(i)))
                    .append(i + 1 < cases.size() ? ",\n" : "\n");
        }
        return text.append("  ]\n}\n").toString();
    }
}
