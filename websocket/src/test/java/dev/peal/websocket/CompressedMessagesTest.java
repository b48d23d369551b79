package dev.peal.websocket;

import static dev.peal.websocket.Opcode.BINARY;
import static dev.peal.websocket.Opcode.CONTINUATION;
import static dev.peal.websocket.Opcode.FIN;
import static dev.peal.websocket.Opcode.PING;
import static dev.peal.websocket.Opcode.RSV1;
import static dev.peal.websocket.Opcode.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may send under permessage-deflate, in all its legal and illegal forms. */
final class CompressedMessagesTest {
    private static final int COMPRESSED_TEXT = FIN | RSV1 | TEXT;

    private final Peer peer = Peer.deflating();

    @AfterEach
    void nothingLeaks() {
        peer.close();
    }

    /** RFC 7692, section 7.2.3, each followed by a second message on the same reader. */
    @ParameterizedTest
    @CsvSource({
        "7.2.3.1 one block, f2 48 cd c9 c9 07 00, Hello",
        "7.2.3.3 a stored block, 00 05 00 fa ff 48 65 6c 6c 6f 00, Hello",
        "7.2.3.4 a final block, f3 48 cd c9 c9 07 00 00, Hello",
        "7.2.3.5 two blocks, f2 48 05 00 00 00 ff ff ca c9 c9 07 00, Hello",
        "7.2.3.6 an empty message, 00, ''",
        "a final block that ends the message, f3 48 cd c9 c9 07 00, Hello",
    })
    void readsTheExamplesOfTheRfc(String section, String hex, String text) {
        peer.frame(COMPRESSED_TEXT, Peer.bytes(hex)).frame(COMPRESSED_TEXT, Peer.bytes("f2 48 cd c9 c9 07 00"));
        assertThat(peer.send()).as(section).containsExactly("text " + text, "text Hello");
    }

    @Test
    void readsTheFragmentedExample() { // RFC 7692, section 7.2.3.1
        peer.frame(RSV1 | TEXT, Peer.bytes("f2 48 cd")).frame(FIN, Peer.bytes("c9 c9 07 00"));
        assertThat(peer.send()).containsExactly("text Hello");
    }

    /** RFC 7692, section 7.2.3.2: the second message refers to the first one, which this agreement forbids. */
    @Test
    void refusesContextTakeover() {
        peer.frame(COMPRESSED_TEXT, Peer.bytes("f2 48 cd c9 c9 07 00"))
                .frame(COMPRESSED_TEXT, Peer.bytes("f2 00 11 00 00"));
        assertThat(peer.send()).containsExactly("text Hello", "violation 1007 invalid deflate data");
    }

    @Test
    void aBlockAfterAFinalOneMayReferBack() {
        byte[] text = "the same words, the same words".getBytes(StandardCharsets.UTF_8);
        Deflater deflater = new Deflater(9, true);
        deflater.setDictionary(text);
        byte[] second = Peer.deflated(deflater, text);
        deflater.end();
        byte[] first = finished(text);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertThat(second.length).isLessThan(first.length / 2);
        String once = new String(text, StandardCharsets.UTF_8);
        assertThat(peer.frame(COMPRESSED_TEXT, both).send()).containsExactly("text " + once + once);
    }

    @Test
    void compressedAndPlainMessagesMayAlternate() {
        byte[] hello = Peer.bytes("f2 48 cd c9 c9 07 00");
        peer.frame(FIN | TEXT, "plain")
                .frame(COMPRESSED_TEXT, hello)
                .frame(FIN | TEXT, "")
                .frame(FIN | RSV1 | BINARY, hello);
        assertThat(peer.send()).containsExactly("text plain", "text Hello", "text ", "binary 48656c6c6f");
    }

    @Test
    void takesEveryCutIntoTwoFragments() {
        byte[] wire = Peer.deflated(sample().getBytes(StandardCharsets.UTF_8));
        for (int cut = 0; cut <= wire.length; cut++) {
            peer.frame(RSV1 | TEXT, Arrays.copyOf(wire, cut));
            peer.frame(FIN | PING, "");
            peer.frame(FIN, Arrays.copyOfRange(wire, cut, wire.length)).send();
            assertThat(peer.events.lines).as("cut at %d", cut).containsExactly("ping ", "text " + sample());
            peer.events.lines.clear();
            peer.nanos.addAndGet(1_000_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 20, 256})
    void takesFragmentsOfAnySize(int size) {
        byte[] wire = Peer.deflated(sample().getBytes(StandardCharsets.UTF_8));
        peer.frame(RSV1 | TEXT, "");
        for (int at = 0; at < wire.length; at += size) {
            peer.frame(CONTINUATION, Arrays.copyOfRange(wire, at, Math.min(wire.length, at + size)));
        }
        assertThat(peer.frame(FIN, "").send()).containsExactly("text " + sample());
    }

    @Test
    void takesFragmentsByteByByteWithPingsBetween() {
        byte[] wire = Peer.deflated("Hello, hello, hello".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < wire.length; i++) {
            int first = i == 0 ? RSV1 | TEXT : CONTINUATION;
            peer.frame(i == wire.length - 1 ? FIN | first : first, new byte[] {wire[i]})
                    .frame(FIN | PING, "");
        }
        assertThat(peer.sendByteByByte()).contains("text Hello, hello, hello").hasSize(wire.length + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "e1, reserved bit set",
        "d1, reserved bit set",
        "f2, reserved bit set",
        "a0, reserved bit set",
        "90, reserved bit set",
        "a9, reserved bit set",
        "c8, compressed control frame",
        "c9, compressed control frame",
        "ca, compressed control frame",
        "c0, compressed bit on a continuation",
        "40, compressed bit on a continuation",
    })
    void policesReservedBits(String hex, String reason) {
        assertThat(peer.raw(hex).send()).containsExactly("violation 1002 " + reason);
    }

    @Test
    void policesTheCompressedBitInsideAMessage() {
        assertThat(peer.frame(RSV1 | TEXT, "").raw("c0").send())
                .containsExactly("violation 1002 compressed bit on a continuation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff",
                "06",
                "00 05 00 00 00",
                "f2 48 cd c9 c9",
                "f2",
                "",
                "00 ff ff 00 00 61",
                "f3 48 cd c9 c9 07 00 ff"
            })
    void refusesWhatIsNoDeflateData(String hex) {
        assertThat(peer.frame(COMPRESSED_TEXT, Peer.bytes(hex)).send())
                .containsExactly("violation 1007 invalid deflate data");
    }

    @Test
    void refusesInvalidTextInside() {
        byte[] wire = Peer.deflated(new byte[] {'a', (byte) 0xC3, '('});
        assertThat(peer.frame(COMPRESSED_TEXT, wire).send()).containsExactly("violation 1007 invalid UTF-8");
        assertThat(Peer.deflating().frame(FIN | RSV1 | BINARY, wire).send()).containsExactly("binary 61c328");
    }

    @Test
    void inflatesUpToTheLimitAndRefusesOneByteMore() {
        byte[] most = new byte[1 << 20];
        assertThat(peer.frame(FIN | RSV1 | BINARY, Peer.deflated(most)).send()).hasSize(1);
        peer.frame(FIN | RSV1 | BINARY, Peer.deflated(new byte[most.length + 1]));
        assertThat(peer.send()).last().isEqualTo("violation 1009 message too big");
    }

    private static String sample() {
        return "permessage-deflate \uD83D\uDE00 ".repeat(20) + "the end, \u00E4\u00F6\u00FC";
    }

    /** A stream of its own with a final block. */
    private static byte[] finished(byte[] message) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(message);
        deflater.finish();
        byte[] out = new byte[message.length + 100];
        int n = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, n);
    }
}
