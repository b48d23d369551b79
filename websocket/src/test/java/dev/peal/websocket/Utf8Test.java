package dev.peal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The JDK's decoder is the oracle. */
final class Utf8Test {
    @Test
    void agreesOnEverySequenceOfUpToTwoBytes() {
        for (int first = 0; first < 256; first++) {
            assertAgrees((byte) first);
            for (int second = 0; second < 256; second++) {
                assertAgrees((byte) first, (byte) second);
            }
        }
    }

    @Test
    void takesEveryCodePointAndNoSurrogate() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            byte[] bytes = surrogate
                    ? new byte[] {(byte) 0xED, (byte) (0x80 | point >> 6 & 0x3F), (byte) (0x80 | point & 0x3F)}
                    : Character.toString(point).getBytes(StandardCharsets.UTF_8);
            if (accepts(bytes) == surrogate) {
                throw new AssertionError("wrong about U+" + Integer.toHexString(point));
            }
        }
    }

    @Test
    void agreesOnEveryLeadAndBoundaryOfFourBytes() {
        int[] edges = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
        for (int lead = 0xE0; lead <= 0xFF; lead++) {
            for (int a : edges) {
                for (int b : edges) {
                    for (int c : edges) {
                        assertAgrees((byte) lead, (byte) a, (byte) b);
                        assertAgrees((byte) lead, (byte) a, (byte) b, (byte) c);
                    }
                }
            }
        }
    }

    @Property(tries = 2_000)
    void takesAnyTextCutAnywhere(@ForAll("texts") String text, @ForAll int cut) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        int at = bytes.length == 0 ? 0 : Math.floorMod(cut, bytes.length);
        int state = Utf8.check(Utf8.ACCEPT, buffer, 0, at);
        assertThat(Utf8.check(state, buffer, at, bytes.length - at)).isEqualTo(Utf8.ACCEPT);
    }

    @Property(tries = 2_000)
    void agreesOnTextWithOneByteBroken(@ForAll("texts") String text, @ForAll int where, @ForAll byte with) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            bytes[Math.floorMod(where, bytes.length)] = with;
        }
        assertAgrees(bytes);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .list()
                .ofMaxSize(40)
                .map(points -> points.stream().map(Character::toString).reduce("plain ASCII, ", String::concat));
    }

    private static void assertAgrees(byte... bytes) {
        assertThat(accepts(bytes)).as(Arrays.toString(bytes)).isEqualTo(jdkAccepts(bytes));
    }

    private static boolean accepts(byte[] bytes) {
        return Utf8.check(Utf8.ACCEPT, Unpooled.wrappedBuffer(bytes), 0, bytes.length) == Utf8.ACCEPT;
    }

    private static boolean jdkAccepts(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
