package dev.peal.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The AsyncAPI document says what the schemas say. */
class AsyncApiTest {
    private static final Path FILE = Path.of("src/main/resources/dev/peal/spec/asyncapi.json");

    /** {@code -Dpeal.spec.write=true} writes the document anew. */
    @Test
    void isWhatIsMadeOfTheSchemas() throws IOException {
        ObjectNode generated = AsyncApiDocument.generated();
        if (Boolean.getBoolean("peal.spec.write")) {
            Files.writeString(FILE, printed(generated));
        }
        assertThat(SpecFiles.JSON.readTree(Files.readString(FILE)))
                .as("stale: run the tests of spec with -Dpeal.spec.write=true")
                .isEqualTo(generated);
    }

    private static String printed(JsonNode document) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER);
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter(separators).withArrayIndenter(lines).withObjectIndenter(lines);
        return SpecFiles.JSON.writer().with(printer).writeValueAsString(document) + "\n";
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        ObjectNode document = AsyncApiDocument.generated();
        Set<String> references = new TreeSet<>();
        document.findValues("$ref").forEach(reference -> references.add(reference.stringValue()));
        assertThat(references).hasSizeGreaterThan(50).allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse();
        });
    }

    @TestFactory
    Stream<DynamicTest> anExampleFitsItsSchema() {
        JsonNode index = SpecFiles.read("schemas/index.json");
        return Stream.of("client", "server", "stream/client", "stream/server")
                .flatMap(direction -> stream(index.at("/" + direction))
                        .map(type -> direction.replace('/', '.') + "." + type.stringValue())
                        .map(name -> dynamicTest(name, () -> assertExampleFits(name))));
    }

    private static void assertExampleFits(String name) {
        String file = "schemas/" + name + ".json";
        JsonNode examples = SpecFiles.read(file).path("examples");
        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(
                        example -> assertThat(SpecFiles.problems(file, example)).isEmpty());
    }

    @Test
    void everyMessageOfAClientHasAReply() {
        JsonNode all = SpecFiles.read("schemas/index.json");
        for (JsonNode index : List.of(all, all.get("stream"))) {
            assertThat(index.get("replies").propertyNames())
                    .containsExactlyElementsOf(stream(index.get("client"))
                            .map(JsonNode::stringValue)
                            .toList());
            assertThat(index.get("replies"))
                    .allSatisfy(reply -> assertThat(index.get("server")).contains(reply));
        }
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return list.valueStream();
    }
}
