package dev.peal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages whose fields stand side by side. */
class FlatMessagesTest {
    private final EnvelopeReader reader = new EnvelopeReader();

    private FlatParsed read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return reader.readFlat(bytes, 0, bytes.length);
    }

    @Test
    void anActionKeepsAllItsFields() {
        assertThat(read(" {\"action\":\"subscribe\",\"id\":\"a\",\"symbol\":\"BTC-USD\",\"other\":[1]} "))
                .isInstanceOfSatisfying(FlatParsed.Action.class, action -> {
                    assertThat(action.action()).isEqualTo("subscribe");
                    assertThat(action.id()).hasToString("\"a\"");
                    assertThat(action.message().path("symbol").stringValue()).isEqualTo("BTC-USD");
                    assertThat(action.message().path("other")).hasSize(1);
                });
        assertThat(read("{\"type\":\"x\",\"action\":\"a\",\"id\":null,\"data\":5}"))
                .as("the action counts")
                .isInstanceOf(FlatParsed.Action.class);
    }

    @Test
    void whatHasATypeIsForTheSession() {
        assertThat(read("{\"type\":\"ping\",\"id\":7}")).isInstanceOfSatisfying(FlatParsed.Own.class, own -> {
            assertThat(own.envelope().type()).isEqualTo("ping");
            assertThat(own.envelope().id()).hasToString("7");
            assertThat(own.envelope().data()).isEmpty();
        });
        assertThat(read("{\"type\":\"authenticate\",\"data\":{\"token\":\"t\"}}"))
                .isInstanceOfSatisfying(
                        FlatParsed.Own.class,
                        own -> assertThat(own.envelope().data().path("token").stringValue())
                                .isEqualTo("t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"action\":\"\"}",
                "{\"action\":5}",
                "{\"type\":null}",
                "{\"type\":\"ping\",\"data\":[]}",
                "{\"action\":\"a\",\"id\":{}}",
                "{\"action\":\"a\",\"id\":1.5}",
                "{\"action\":\"a\",\"id\":\"\"}"
            })
    void whatSaysNeitherIsInvalid(String text) {
        assertThat(read(text)).isInstanceOf(FlatParsed.Invalid.class);
    }

    @Test
    void namesHaveALength() {
        assertThat(read("{\"action\":\"" + "a".repeat(64) + "\"}")).isInstanceOf(FlatParsed.Action.class);
        assertThat(read("{\"action\":\"" + "a".repeat(65) + "\"}")).isInstanceOf(FlatParsed.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "\"action\"",
                "{\"action\":\"a\"",
                "{\"action\":\"a\"} {}",
                "{\"action\":\"a\",\"action\":\"a\"}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":1e999}",
                "{\"a\":NaN}",
                "{'action':'a'}",
                "{\"a\":01}"
            })
    void whatIsNotOneObjectIsMalformed(String text) {
        assertThat(read(text)).isInstanceOf(FlatParsed.Malformed.class);
    }

    @Test
    void nestingAndFieldsAreBounded() {
        for (int depth : List.of(62, 63)) {
            String nested = "{\"action\":\"a\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
            assertThat(read(nested)).isInstanceOf(FlatParsed.Action.class);
        }
        assertThat(read("{\"action\":\"a\",\"x\":" + "[".repeat(64) + "]".repeat(64) + "}"))
                .isInstanceOf(FlatParsed.Malformed.class);
        StringBuilder wide = new StringBuilder("{\"action\":\"a\"");
        for (int i = 0; i < EnvelopeReader.FIELDS_MAX; i++) {
            wide.append(",\"").append(i).append("\":0");
        }
        assertThat(read(wide.append('}').toString())).isInstanceOf(FlatParsed.Malformed.class);
    }

    @Test
    void errorsSayWhatTheyAreAbout() {
        RequestId id = RequestId.of(7).orElseThrow();
        assertThat(text(FlatMessages.error(id, "unknown_symbol", "Unknown symbol \"x\"", "\"x\"")))
                .isEqualTo(
                        "{\"type\":\"error\",\"id\":7,\"code\":\"unknown_symbol\",\"message\":\"Unknown symbol \\\"x\\\"\","
                                + "\"retry\":false,\"symbol\":\"\\\"x\\\"\"}");
        assertThat(text(FlatMessages.error(null, ErrorCode.UNAVAILABLE)))
                .isEqualTo(
                        "{\"type\":\"error\",\"code\":\"unavailable\",\"message\":\"Temporarily unavailable\",\"retry\":true}");
        assertThat(text(FlatMessages.rateLimited(null, 12)))
                .isEqualTo(
                        "{\"type\":\"error\",\"code\":\"rate_limited\",\"message\":\"Rate limit exceeded\",\"retry\":true,\"retryAfterMs\":12}");
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
