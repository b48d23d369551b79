package dev.peal.market.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.peal.protocol.EnvelopeReader;
import dev.peal.protocol.FlatParsed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The reader of actions and their schemas accept the same messages. */
class ActionSchemaTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ROOT = "dev/peal/spec/schemas/";
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "1",
            "-1",
            "1.5",
            "10",
            "10.0",
            "1e1",
            "50",
            "1000",
            "1001",
            "9007199254740991",
            "9007199254740992",
            "\"\"",
            "\"a\"",
            "\"buy\"",
            "\"limit\"",
            "\"market\"",
            "\"ioc\"",
            "\"1m\"",
            "\"2m\"",
            "\"1\"",
            "[]",
            "{}",
            "[\"price\"]",
            "[\"price\",\"price\"]",
            "[\"price\",\"prices\"]",
            "[1]",
            '"' + "a".repeat(32) + '"',
            '"' + "a".repeat(33) + '"',
            '"' + "a".repeat(64) + '"',
            '"' + "a".repeat(65) + '"',
            '"' + "a".repeat(128) + '"',
            '"' + "a".repeat(129) + '"',
            '"' + "\uD83D\uDD14".repeat(32) + '"',
            '"' + "\uD83D\uDD14".repeat(33) + '"');

    static Stream<String> actions() {
        return file("index.json").at("/stream/client").valueStream().map(JsonNode::stringValue);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void agreeOnEverySingleChangeOfTheExamples(String action) {
        JsonNode schema = file("stream.client." + action + ".json");
        for (JsonNode example : schema.path("examples")) {
            assertThat(accepted(action, example)).as("%s", example).isTrue();
            for (String field : fields(schema)) {
                ObjectNode without = (ObjectNode) example.deepCopy();
                without.remove(field);
                assertAgreement(action, without);
                for (String value : VALUES) {
                    ObjectNode changed = (ObjectNode) example.deepCopy();
                    changed.set(field, JSON.readTree(value));
                    assertAgreement(action, changed);
                }
            }
        }
    }

    private static void assertAgreement(String action, JsonNode message) {
        Schema schema =
                REGISTRY.getSchema(SchemaLocation.of("classpath:" + ROOT + "stream.client." + action + ".json"));
        List<String> problems =
                schema.validate(message).stream().map(Object::toString).toList();
        assertThat(accepted(action, message)).as("%s %s", message, problems).isEqualTo(problems.isEmpty());
    }

    private static boolean accepted(String action, JsonNode message) {
        byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
        return new EnvelopeReader().readFlat(bytes, 0, bytes.length) instanceof FlatParsed.Action read
                && read.action().equals(action)
                && ActionReader.read(read.message()) instanceof ActionReading.Read;
    }

    private static List<String> fields(JsonNode schema) {
        return new ArrayList<>(schema.path("properties").propertyNames());
    }

    private static JsonNode file(String name) {
        try (InputStream file = ActionSchemaTest.class.getResourceAsStream("/" + ROOT + name)) {
            return JSON.readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
