package dev.peal.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.peal.testkit.sse.EventStreamParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reader that judges our streams reads the golden vectors as every client of ours must, however their bytes are cut. */
final class EventStreamVectorsTest {
    @TestFactory
    Stream<DynamicTest> eachStreamGivesItsEvents() throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/dev/peal/spec/vectors/sse.json")) {
            JsonNode vectors = JsonMapper.shared().readTree(Objects.requireNonNull(file));
            return vectors.path("cases")
                    .valueStream()
                    .map(one -> dynamicTest(one.path("name").asString(), () -> check(one)));
        }
    }

    private static void check(JsonNode one) {
        byte[] stream = bytes(one);
        for (int piece = 1; piece <= stream.length; piece = piece < 8 ? piece + 1 : piece * 2) {
            check(one, stream, piece);
        }
        check(one, stream, stream.length);
    }

    private static void check(JsonNode one, byte[] stream, int piece) {
        EventStreamParser parser = new EventStreamParser();
        for (int at = 0; at < stream.length; at += piece) {
            parser.read(stream, at, Math.min(piece, stream.length - at));
        }
        List<EventStreamParser.Event> expected = new ArrayList<>();
        one.path("events")
                .forEach(event -> expected.add(new EventStreamParser.Event(
                        event.path("type").asString(),
                        event.path("data").asString(),
                        event.path("lastEventId").asString())));
        assertThat(parser.take()).as("in pieces of %d", piece).isEqualTo(expected);
        assertThat(parser.lastEventId()).isEqualTo(one.path("lastEventId").asString());
        assertThat(parser.retryMillis()).isEqualTo(one.path("retryMs").asLong(-1));
    }

    private static byte[] bytes(JsonNode one) {
        JsonNode text = one.path("text");
        if (text.isMissingNode()) {
            return Base64.getDecoder().decode(one.path("base64").asString());
        }
        StringBuilder all = new StringBuilder();
        if (text.isArray()) {
            text.forEach(
                    part -> all.append(part.get(0).asString().repeat(part.get(1).asInt())));
        } else {
            all.append(text.asString());
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }
}
