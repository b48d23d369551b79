package dev.peal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The literal JSON and the tables of PROTOCOL.md are what the schemas and the code say. */
class ProtocolDocumentTest {
    private static final List<String> LINES = lines();

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("..", "PROTOCOL.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyLiteralMessageFitsItsSchema() {
        return literals("→", "client")
                .map(l -> dynamicTest(l.text(), () -> {
                    assertThat(Spec.problems(l.schema(), l.frame())).isEmpty();
                    assertThat(ClientMessages.read(Spec.parse(l.text()))).isNotNull();
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyLiteralAnswerFitsItsSchema() {
        return literals("←", "server")
                .map(l -> dynamicTest(
                        l.text(),
                        () -> assertThat(Spec.problems(l.schema(), l.frame())).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> everyLiteralEventFitsItsSchema() {
        return literals("data:", "server")
                .map(l -> dynamicTest(
                        l.text(),
                        () -> assertThat(Spec.problems(l.schema(), l.frame())).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> everyLiteralOfTheMarketFitsItsSchema() {
        return Stream.concat(flat("⇒", "action", "stream.client"), flat("⇐", "type", "stream.server"))
                .map(l -> dynamicTest(
                        l.text(),
                        () -> assertThat(Spec.problems(l.schema(), l.frame())).isEmpty()));
    }

    @Test
    void everyMessageIsShown() {
        var shown = new TreeSet<String>();
        Stream.concat(literals("→", "client"), literals("←", "server")).forEach(l -> shown.add(l.schema()));
        Stream.concat(flat("⇒", "action", "stream.client"), flat("⇐", "type", "stream.server"))
                .forEach(l -> shown.add(l.schema()));
        shown.add("stream.server.symbols"); // within the text about binary frames
        var expected = new TreeSet<String>();
        for (String direction : List.of("client", "server", "stream/client", "stream/server")) {
            Spec.types(direction).forEach(type -> expected.add(direction.replace('/', '.') + '.' + type));
        }
        assertThat(shown).isEqualTo(expected);
    }

    @Test
    void theTableOfErrorsIsComplete() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(LINES)
                    .anyMatch(line ->
                            line.startsWith("| `%s` | %s | %s |".formatted(code.wire(), code.message(), code.retry())));
        }
    }

    @Test
    void theTableOfClosesIsComplete() {
        for (CloseReason reason : CloseReason.values()) {
            assertThat(LINES)
                    .anyMatch(line -> line.startsWith("| %d | %s |".formatted(reason.code(), reason.reason())));
        }
    }

    private static Stream<Literal> literals(String mark, String direction) {
        return flat(mark, "type", direction);
    }

    /** @param named the field that says which message it is */
    private static Stream<Literal> flat(String mark, String named, String direction) {
        return LINES.stream().filter(line -> line.startsWith(mark)).map(line -> {
            String text = line.substring(mark.length()).strip();
            JsonNode frame = Spec.MAPPER.readTree(text);
            return new Literal(text, direction + '.' + frame.get(named).stringValue(), frame);
        });
    }

    private record Literal(String text, String schema, JsonNode frame) {}
}
