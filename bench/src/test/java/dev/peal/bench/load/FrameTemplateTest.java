package dev.peal.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FrameTemplateTest {
    @Test
    void fillsTimeAndIdAndPadsToTheWantedSize() {
        FrameTemplate template = new FrameTemplate("#%I T:%T %N [%P] %R", 12, 7, 80, "abc");

        String text = sent(template, 0x0123_4567_89ab_cdefL, 100_000_042);

        assertThat(text)
                .startsWith("#000012 T:0123456789abcdef 100000042 [abcabc")
                .endsWith("] 000007")
                .hasSize(80);
    }

    @Test
    void keepsATextThatIsLongerThanWanted() {
        assertThat(sent(new FrameTemplate("0123456789%P", 0, 0, 4, "x"), 0, 0)).isEqualTo("0123456789");
    }

    @Test
    void sendsAnotherTimeWithEachMessage() {
        FrameTemplate template = new FrameTemplate("%T", 0, 0, 16, "x");

        assertThat(sent(template, 1, 0)).isEqualTo("0000000000000001");
        assertThat(sent(template, 255, 0)).isEqualTo("00000000000000ff");
    }

    @Test
    void writesARevisionBehindSpacesAndAnIdWhereverItIsWanted() {
        FrameTemplate template = new FrameTemplate("[%V] %N, %N", 0, 0, 0, "x");

        assertThat(sent(template, 0, 100_000_001)).isEqualTo("[         705] 100000001, 100000001");
    }

    private static String sent(FrameTemplate template, long time, int id) {
        ByteBuffer out = ByteBuffer.allocate(template.length());
        template.appendTo(out, time, id, 705);
        out.flip();
        assertThat(out.get(0)).as("FIN and text").isEqualTo((byte) 0x81);
        int length = out.get(1) & 127;
        assertThat(out.remaining()).isEqualTo(6 + length);
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (out.get(6 + i) ^ out.get(2 + (i & 3)));
        }
        return new String(payload, StandardCharsets.US_ASCII);
    }
}
