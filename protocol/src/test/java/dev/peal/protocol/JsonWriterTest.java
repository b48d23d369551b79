package dev.peal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JsonWriterTest {
    private static final int RANDOM_STRINGS = 100_000;

    private final JsonWriter out = new JsonWriter(16);

    @Test
    void writesEveryKindOfValue() {
        out.object()
                .field("s", "a\"b")
                .field("z", (String) null)
                .field("l", Long.MIN_VALUE)
                .field("t", true)
                .field("f", false)
                .field("d", 0.1)
                .field("nan", Double.NaN)
                .nullField("n")
                .raw("r", Spec.utf8("[1]"))
                .object("o")
                .end()
                .array("a")
                .value(1)
                .value("x")
                .value((String) null)
                .raw(Spec.utf8("{}"))
                .object()
                .field("y", 2)
                .end()
                .array()
                .end()
                .end()
                .end();
        assertThat(out)
                .hasToString("{\"s\":\"a\\\"b\",\"z\":null,\"l\":-9223372036854775808,\"t\":true,\"f\":false,\"d\":0.1,"
                        + "\"nan\":null,\"n\":null,\"r\":[1],\"o\":{},\"a\":[1,\"x\",null,{},{\"y\":2},[]]}");
    }

    @Test
    void isReusableAfterReset() {
        out.object().array("a").value(1);
        assertThat(out.reset().object().field("b", 1).end()).hasToString("{\"b\":1}");
        assertThat(out.length()).isEqualTo(7);
        assertThat(out.bytes()).isEqualTo(Spec.utf8("{\"b\":1}"));
    }

    @Test
    void nestsAsDeepAsTheReaderReads() {
        for (int i = 0; i < EnvelopeReader.NESTING_MAX; i++) {
            out.array();
        }
        assertThatThrownBy(out::array).isInstanceOf(IllegalStateException.class);
        for (int i = 0; i < EnvelopeReader.NESTING_MAX; i++) {
            out.end();
        }
        assertThat(out).hasToString("[".repeat(64) + "]".repeat(64));
        assertThatThrownBy(out::end).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void copiesTreesAsTheyAre() {
        String json =
                "{\"a\":[1,-2.5,9007199254740993,123456789012345678901234567890,\"\\u0001\",null,true,{}],\"b\":{\"c\":[]}}";
        assertThat(out.value(Spec.MAPPER.readTree(json))).hasToString(json);
        ObjectNode infinite = Spec.MAPPER.createObjectNode().put("x", Double.POSITIVE_INFINITY);
        assertThat(out.reset().value(infinite)).hasToString("{\"x\":null}");
    }

    @Test
    void randomStringsComeBackFromAnotherReader() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_STRINGS; i++) {
            String text = randomText(random);
            out.reset().object().field(text, text).end();
            JsonNode read = Spec.MAPPER.readTree(out.bytes());
            String expected = wellFormed(text);
            // Not an assertion in each round: describing one takes longer than the round.
            if (!(read.has(expected) && expected.equals(read.get(expected).stringValue()))) {
                fail("seed %d, string %d: %s", seed, i, out);
            }
        }
    }

    @Test
    void outputIsAlwaysValidUtf8() throws CharacterCodingException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < RANDOM_STRINGS / 10; i++) {
            byte[] bytes = out.reset().value(randomText(random)).bytes();
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        }
    }

    /** Mixes plain letters, controls, escapes, two- and three-byte characters, pairs and halves of pairs. */
    private static String randomText(Random random) {
        int length = random.nextInt(24);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(8)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append("\"\\/\u007f\u2028\u2029".charAt(random.nextInt(6)));
                case 2 -> text.append((char) random.nextInt(0x800));
                case 3 -> text.append((char) random.nextInt(0x10000));
                case 4 -> text.append((char) (0xD800 + random.nextInt(0x800)));
                case 5 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    private static String wellFormed(String text) {
        int[] points = text.codePoints()
                .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
                .toArray();
        return new String(points, 0, points.length);
    }
}
