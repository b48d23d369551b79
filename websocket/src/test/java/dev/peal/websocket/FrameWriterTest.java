package dev.peal.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameWriterTest {
    @ParameterizedTest
    @CsvSource({
        "0, 8100",
        "125, 817d",
        "126, 817e007e",
        "65535, 817effff",
        "65536, 817f0000000000010000",
        "2147483647, 817f000000007fffffff",
    })
    void writesTheShortestLength(int bytes, String header) {
        ByteBuf out = Unpooled.buffer();
        FrameWriter.header(out, Opcode.FIN | Opcode.TEXT, bytes);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(header);
        assertThat(FrameWriter.headerBytes(bytes)).isEqualTo(out.readableBytes());
    }

    @Test
    void masksAsTheRfcShows() { // RFC 6455, section 5.7
        ByteBuf out = Unpooled.buffer();
        FrameWriter.masked(out, 0x81, Unpooled.copiedBuffer("Hello", StandardCharsets.UTF_8), 0x37fa213d);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("818537fa213d7f9f4d5158");
    }

    @Property
    void maskingAgreesWithTheFormula(@ForAll byte[] payload, @ForAll int mask, @ForAll @IntRange(max = 7) int offset) {
        ByteBuf bytes = Unpooled.buffer().writeZero(offset).writeBytes(payload);
        int cut = payload.length / 3;
        Masking.apply(bytes, offset, cut, mask);
        Masking.apply(bytes, offset + cut, payload.length - cut, Masking.advance(mask, cut));
        for (int i = 0; i < payload.length; i++) {
            byte expected = (byte) (payload[i] ^ (mask >>> (24 - 8 * (i % 4))));
            assertThat(bytes.getByte(offset + i)).isEqualTo(expected);
        }
    }

    @Test
    void aCloseFrameCarriesCodeAndReason() {
        ByteBuf out = Unpooled.buffer();
        FrameWriter.close(out, 1008, "no");
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("880403f06e6f");
        out.clear();
        FrameWriter.close(out, CloseStatus.NO_STATUS, "ignored");
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("8800");
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() {
        ByteBuf out = Unpooled.buffer();
        FrameWriter.close(out, 1000, "x".repeat(121) + "\u20AC");
        assertThat(out.toString(4, out.readableBytes() - 4, StandardCharsets.UTF_8))
                .isEqualTo("x".repeat(121));
        out.clear();
        FrameWriter.close(out, 1000, "x".repeat(120) + "\u20AC");
        assertThat(out.getByte(1)).isEqualTo((byte) 125);
    }

    @Test
    void noCloseFrameCarriesAReservedCode() {
        assertThatThrownBy(() -> FrameWriter.close(Unpooled.buffer(), 1006, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
