package dev.peal.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.Vectors;
import dev.peal.client.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

final class SseParserTest {
    private static final int LIMIT = 1_000;

    private static List<SseParser.Event> events(String stream) {
        List<SseParser.Event> events = new ArrayList<>();
        SseParser parser = new SseParser(LIMIT, events::add);
        assertThat(parser.take(ByteBuffer.wrap(stream.getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        return events;
    }

    @TestFactory
    Stream<DynamicTest> readsAsTheSharedVectorsSay() {
        return Vectors.file("sse").stream()
                .map(one -> DynamicTest.dynamicTest(one.path("name").stringValue(), () -> check(one)));
    }

    private static void check(JsonNode one) {
        byte[] bytes = one.has("base64")
                ? Base64.getDecoder().decode(one.path("base64").stringValue())
                : Vectors.text(one.path("text")).getBytes(StandardCharsets.UTF_8);
        List<SseParser.Event> expected = new ArrayList<>();
        for (JsonNode event : one.path("events")) {
            expected.add(new SseParser.Event(
                    event.path("type").stringValue(),
                    Vectors.text(event.path("data")),
                    event.path("lastEventId").stringValue()));
        }
        for (int piece : new int[] {1, 2, 7, Math.max(1, bytes.length)}) {
            List<SseParser.Event> events = new ArrayList<>();
            SseParser parser = new SseParser(Json.BYTES_MAX, events::add);
            for (int from = 0; from < bytes.length; from += piece) {
                parser.take(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)));
            }
            assertThat(events).as("in pieces of %d", piece).isEqualTo(expected);
            assertThat(parser.lastEventId()).isEqualTo(one.path("lastEventId").stringValue());
        }
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
