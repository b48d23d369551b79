package dev.peal.ot.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.peal.ot.Delta;
import dev.peal.ot.Document;
import dev.peal.ot.DocumentRules;
import dev.peal.ot.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Every golden vector of deltas, through JSON both ways; TypeScript runs the same. */
class VectorsTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @TestFactory
    Stream<DynamicTest> answersAsTheVectorsSay() throws IOException {
        try (InputStream in = VectorsTest.class.getResourceAsStream("/dev/peal/spec/vectors/ot.json")) {
            JsonNode cases =
                    JsonMapper.shared().readTree(Objects.requireNonNull(in)).get("cases");
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(c -> dynamicTest(c.get("name").stringValue(), () -> assertAnswer(c)));
        }
    }

    private static void assertAnswer(JsonNode c) {
        JsonNode answer = answer(c);
        // Read from text as the vectors were: else an int differs from a long.
        assertThat(JsonMapper.shared().readTree(answer.toString())).isEqualTo(c.get("result"));
    }

    private static JsonNode answer(JsonNode c) {
        return switch (c.get("call").stringValue()) {
            case "read" ->
                DeltaJson.read(c.get("delta")) instanceof DeltaRead.Valid valid
                        ? DeltaJson.tree(valid.delta())
                        : NODES.nullNode();
            case "compose" -> DeltaJson.tree(delta(c, "a").compose(delta(c, "b")));
            case "transform" -> DeltaJson.tree(delta(c, "a").transform(delta(c, "b"), priority(c)));
            case "transformPosition" ->
                NODES.numberNode(delta(c, "a").transformPosition(c.get("index").intValue(), priority(c)));
            case "invert" -> DeltaJson.tree(delta(c, "a").invert(delta(c, "document")));
            case "diff" -> DeltaJson.tree(delta(c, "document").diff(delta(c, "after")));
            case "select" -> selected(c);
            case "check" -> checked(c);
            default -> throw new AssertionError("unknown call");
        };
    }

    private static JsonNode selected(JsonNode c) {
        JsonNode selection = c.get("selection");
        Selection moved = new Selection(
                        selection.get("index").intValue(),
                        selection.get("length").intValue())
                .transform(delta(c, "a"), priority(c));
        return NODES.objectNode().put("index", moved.index()).put("length", moved.length());
    }

    private static JsonNode checked(JsonNode c) {
        Document document = Document.of(delta(c, "document"));
        return DocumentRules.DEFAULT
                .check(delta(c, "operation"), document)
                .<JsonNode>map(rejection -> NODES.objectNode()
                        .put("reason", rejection.reason().wire())
                        .put("op", rejection.op()))
                .orElse(NODES.nullNode());
    }

    private static boolean priority(JsonNode c) {
        return c.get("priority").booleanValue();
    }

    /** As read, which has to be as written. */
    private static Delta delta(JsonNode c, String name) {
        Delta delta = ((DeltaRead.Valid) DeltaJson.read(c.get(name))).delta();
        ObjectNode again = DeltaJson.tree(delta);
        assertThat(DeltaJson.read(again)).isEqualTo(new DeltaRead.Valid(delta));
        return delta;
    }
}
