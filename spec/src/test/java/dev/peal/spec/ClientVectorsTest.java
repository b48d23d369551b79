package dev.peal.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The vectors of clients keep to their own format, to the messages' schemas and to what the server's vectors say. */
class ClientVectorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "client-backoff",
                "client-closes",
                "client-statuses",
                "client-refusals",
                "client-names",
                "client-scenarios",
                "ot"
            })
    void keepTheirFormat(String vectors) {
        JsonNode file = SpecFiles.read("vectors/" + vectors + ".json");
        assertThat(SpecFiles.problems("vectors/vectors.schema.json#/$defs/" + vectors, file))
                .isEmpty();
    }

    @Test
    void everyCloseOfTheServerHasAnAnswerThatAgreesWithTheServers() {
        Map<String, String> answers = Map.of("no", "stay_away", "back_off", "back_off", "with_new_token", "new_token");
        Map<String, String> closes = SpecFiles.cases("client-closes")
                .collect(Collectors.toMap(
                        ClientVectorsTest::close, c -> c.get("then").stringValue()));
        assertThat(SpecFiles.cases("close-reasons"))
                .allSatisfy(reason -> assertThat(closes.get(close(reason)))
                        .isEqualTo(
                                reason.get("code").intValue() == 1012
                                        ? "slot"
                                        : answers.get(reason.get("reconnect").stringValue())));
    }

    private static String close(JsonNode c) {
        return c.get("code").intValue() + " " + c.get("reason").stringValue();
    }

    @Test
    void everyErrorOfTheServerHasAnAnswer() {
        Set<String> known = SpecFiles.cases("client-refusals")
                .map(c -> c.at("/data/code").stringValue())
                .collect(Collectors.toSet());
        assertThat(SpecFiles.cases("error-codes").map(c -> c.get("code").stringValue()))
                .isSubsetOf(known);
    }

    @Test
    void delaysFollowTheFormula() {
        assertThat(SpecFiles.cases("client-backoff")).allSatisfy(c -> {
            double most =
                    Math.min(30_000, 1_000 * Math.pow(1.5, c.get("attempt").intValue()));
            assertThat(c.get("delayMs").longValue())
                    .isEqualTo(Math.round(c.get("random").doubleValue() * most));
        });
    }

    @TestFactory
    Stream<DynamicTest> aNameFitsWhereItsSchemaTakesIt() {
        return SpecFiles.cases("client-names")
                .map(c -> dynamicTest(c.get("name").stringValue(), () -> {
                    List<String> problems = SpecFiles.problems(
                            schemaOf(c.get("what").stringValue()),
                            JsonNodeFactory.instance.stringNode(SpecFiles.text(c.get("text"))));
                    assertThat(problems.isEmpty()).isEqualTo(c.get("fits").booleanValue());
                }));
    }

    private static String schemaOf(String what) {
        return switch (what) {
            case "roomId", "messageId" -> "schemas/defs.json#/$defs/" + what;
            case "userId", "userName" -> "schemas/defs.json#/$defs/label";
            case "message" -> "schemas/defs.json#/$defs/text";
            case "query" -> "schemas/client.search.json#/properties/data/properties/query";
            case "token" -> "schemas/client.authenticate.json#/properties/data/properties/token";
            default -> throw new AssertionError(what);
        };
    }

    @TestFactory
    Stream<DynamicTest> aScenarioSpeaksTheProtocol() {
        return SpecFiles.cases("client-scenarios")
                .map(scenario ->
                        dynamicTest(scenario.get("name").stringValue(), () -> assertSpeaksTheProtocol(scenario)));
    }

    private static void assertSpeaksTheProtocol(JsonNode scenario) {
        Set<String> captured = new HashSet<>();
        for (JsonNode step : scenario.get("steps")) {
            JsonNode received = step.at("/when/receives");
            if (received.isObject()) {
                assertFits("server", received);
                assertThat(captured)
                        .as("placeholders that were captured before")
                        .containsAll(placeholders(received));
            }
            for (JsonNode sent : step.path("sends")) {
                assertFits("client", sent);
                captured.addAll(placeholders(sent));
            }
        }
    }

    /** A type that nobody knows is what some scenarios are about. */
    private static void assertFits(String direction, JsonNode frame) {
        String type = frame.get("type").stringValue();
        if (!type.equals("from_the_future")) {
            assertThat(SpecFiles.problems("schemas/" + direction + "." + type + ".json", frame))
                    .as("%s", frame)
                    .isEmpty();
        }
    }

    private static List<String> placeholders(JsonNode frame) {
        return Stream.of("id", "messageId")
                .map(((ObjectNode) frame)::path)
                .filter(node -> node.isString() && node.stringValue().startsWith("$"))
                .map(JsonNode::stringValue)
                .toList();
    }
}
