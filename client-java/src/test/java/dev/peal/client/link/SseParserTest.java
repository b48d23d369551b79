package dev.peal.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** After WPT's eventsource/format-* tests. */
final class SseParserTest {
    private static final int LIMIT = 1_000;

    private static List<SseParser.Event> events(String stream) {
        List<SseParser.Event> events = new ArrayList<>();
        SseParser parser = new SseParser(LIMIT, events::add);
        assertThat(parser.take(ByteBuffer.wrap(stream.getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        return events;
    }

    private static List<String> data(String stream) {
        return events(stream).stream().map(SseParser.Event::data).toList();
    }

    @Test
    void linesEndWithCrWithLfOrWithBoth() {
        assertThat(data("data:a\n\ndata:b\r\rdata:c\r\n\r\ndata:d\r\n\n")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void severalDataLinesAreOneText() {
        assertThat(data("data: a\ndata\ndata:  b\n\n")).containsExactly("a\n\n b");
    }

    @Test
    void anEmptyDataLineIsAnEventAndNoDataLineIsNone() {
        assertThat(data("data\n\nevent: x\n\ndata:\n\n")).containsExactly("", "");
    }

    @Test
    void oneByteOrderMarkAtTheBeginningIsDropped() {
        assertThat(data("\uFEFFdata: a\n\ndata: b\n\n")).containsExactly("a", "b");
        assertThat(data("\uFEFF\uFEFFdata: a\n\ndata: b\n\n")).containsExactly("b");
    }

    @Test
    void commentsAndUnknownFieldsAreNothing() {
        assertThat(data(":\n:data: x\nfoo: bar\nData: y\n data: z\ndata: a\n\n"))
                .containsExactly("a");
    }

    @Test
    void anEventThatTheEndCutsOffIsNone() {
        assertThat(data("data: a\n\ndata: b\n")).containsExactly("a");
    }

    @Test
    void anIdStaysUntilTheNextAndANulInItMakesItNone() {
        assertThat(events("id: 1\ndata: a\n\ndata: b\n\nid: 2\0\ndata: c\n\nid\ndata: d\n\n"))
                .extracting(SseParser.Event::lastEventId)
                .containsExactly("1", "1", "1", "");
    }

    @Test
    void aBlockOfAnIdAloneFiresNothingAndCounts() {
        assertThat(events("id: r@E:7\n\ndata: a\n\n")).containsExactly(new SseParser.Event("message", "a", "r@E:7"));
    }

    @Test
    void typesAreNamed() {
        assertThat(events("event: chat\ndata: a\n\ndata: b\n\n"))
                .extracting(SseParser.Event::type)
                .containsExactly("chat", "message");
    }

    @Test
    void whatIsLongerThanTheLimitEndsTheReading() {
        SseParser parser = new SseParser(10, event -> {});
        assertThat(parser.take(ByteBuffer.wrap("data: 1234".getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        assertThat(parser.take(ByteBuffer.wrap(new byte[] {'x'}))).isFalse();
    }

    @Test
    void cutsOfTheStreamMakeNoDifference() {
        long seed = System.nanoTime();
        System.out.println("sse cuts: seed " + seed);
        Random random = new Random(seed);
        String stream = "\uFEFFid: é@E:1\r\ndata: {\"a\":\"\uD83D\uDD14\"}\rdata: 2\n\r\n: c\r\rdata: z\n\n";
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        List<SseParser.Event> whole = events(stream);
        for (int run = 0; run < 1_000; run++) {
            List<SseParser.Event> events = new ArrayList<>();
            SseParser parser = new SseParser(LIMIT, events::add);
            for (int from = 0; from < bytes.length; ) {
                int length = Math.min(bytes.length - from, 1 + random.nextInt(4));
                parser.take(ByteBuffer.wrap(bytes, from, length));
                from += length;
            }
            assertThat(events).isEqualTo(whole);
        }
    }
}
