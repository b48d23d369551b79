package dev.peal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every golden vector of the module {@code spec} that says how something is read. */
class GoldenVectorsTest {
    @TestFactory
    Stream<DynamicTest> readsEnvelopes() {
        return named("envelopes", c -> {
            Parsed parsed = Spec.parse(Spec.text(c.get("frame")));
            switch (c.get("expect").stringValue()) {
                case "envelope" -> assertEnvelope(c, (Parsed.Envelope) parsed);
                case "invalid" ->
                    assertThat(idOf(((Parsed.Invalid) parsed).id())).isEqualTo(c.get("id"));
                default -> assertThat(parsed).isInstanceOf(Parsed.Malformed.class);
            }
        });
    }

    private static void assertEnvelope(JsonNode expected, Parsed.Envelope envelope) {
        assertThat(envelope.type()).isEqualTo(expected.get("type").stringValue());
        assertThat(idOf(envelope.id())).isEqualTo(expected.get("id"));
        assertThat(envelope.messageId()).isEqualTo(expected.get("messageId").stringValue(null));
        assertThat(Spec.MAPPER.readTree(envelope.data().toString())).isEqualTo(expected.get("data"));
    }

    private static JsonNode idOf(@Nullable RequestId id) {
        return Spec.MAPPER.valueToTree(id == null ? null : id.toString());
    }

    @TestFactory
    Stream<DynamicTest> readsClientMessages() {
        return named("client-messages", c -> {
            String frame = Spec.text(c.get("frame"));
            Parsed parsed = Spec.parse(frame);
            assertThat(parsed).isInstanceOf(Parsed.Envelope.class);
            Record message = ClientMessages.read(parsed);
            String type = ((Parsed.Envelope) parsed).type();
            List<String> problems = Spec.problems("client." + type, Spec.MAPPER.readTree(frame));
            if (c.get("expect").stringValue().equals("ok")) {
                assertThat(asJson(message)).isEqualTo(c.get("as"));
                assertThat(problems).isEmpty();
            } else {
                assertThat(message).isNull();
                assertThat(problems).isNotEmpty();
            }
        });
    }

    private static JsonNode asJson(@Nullable Record message) {
        ObjectNode json = Spec.MAPPER.valueToTree(message);
        return Spec.MAPPER.readTree(json.toString());
    }

    @TestFactory
    Stream<DynamicTest> readsAndWritesPositions() {
        return Spec.cases("positions").stream().map(c -> {
            String text = Spec.text(c.get("text"));
            return dynamicTest("'" + text + "'", () -> {
                var position = Position.parse(text);
                assertThat(position.isPresent()).isEqualTo(c.path("epoch").isString());
                position.ifPresent(p -> {
                    assertThat(p.epoch()).isEqualTo(c.get("epoch").stringValue());
                    assertThat(p.offset()).isEqualTo(c.get("offset").longValue());
                    assertThat(p).hasToString(text);
                });
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> writesStrings() {
        return Spec.cases("strings").stream()
                .map(c -> dynamicTest(c.get("json").stringValue(), () -> {
                    byte[] written =
                            new JsonWriter(0).value(c.get("text").stringValue()).bytes();
                    assertThat(written).isEqualTo(Spec.utf8(c.get("json").stringValue()));
                }));
    }

    @Test
    void errorCodesAreTheListedOnes() {
        var codes = Arrays.stream(ErrorCode.values())
                .map(e -> e.wire() + '|' + e.message() + '|' + e.retry())
                .toList();
        assertThat(codes)
                .containsExactlyElementsOf(Spec.cases("error-codes").stream()
                        .map(c -> c.get("code").stringValue()
                                + '|'
                                + c.get("message").stringValue()
                                + '|'
                                + c.get("retry").booleanValue())
                        .toList());
    }

    @Test
    void closeReasonsAreTheListedOnes() {
        var reasons = Arrays.stream(CloseReason.values())
                .map(r ->
                        r.code() + "|" + r.reason() + '|' + r.reconnect().name().toLowerCase(Locale.ROOT))
                .toList();
        assertThat(reasons)
                .containsExactlyElementsOf(Spec.cases("close-reasons").stream()
                        .map(c -> c.get("code").intValue()
                                + "|"
                                + c.get("reason").stringValue()
                                + '|'
                                + c.get("reconnect").stringValue())
                        .toList());
    }

    @Test
    void closeReasonsFitAControlFrame() {
        assertThat(CloseReason.values())
                .allSatisfy(r -> assertThat(Spec.utf8(r.reason()).length).isLessThanOrEqualTo(123));
    }

    private static Stream<DynamicTest> named(String vectors, Consumer<JsonNode> check) {
        return Spec.cases(vectors).stream().map(c -> dynamicTest(c.get("name").stringValue(), () -> check.accept(c)));
    }
}
