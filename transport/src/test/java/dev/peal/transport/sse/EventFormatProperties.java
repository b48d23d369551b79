package dev.peal.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.hub.EncodedBatch;
import dev.peal.hub.Origin;
import dev.peal.hub.Push;
import dev.peal.log.RoomKey;
import dev.peal.protocol.JsonWriter;
import dev.peal.testkit.sse.EventStreamParser;
import dev.peal.testkit.sse.EventStreamParser.Event;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** PROMISES 10: what is written to an event stream is what its reader gets, whatever the text: nothing injected, nothing lost, each id exact. */
final class EventFormatProperties {
    /** 10,000 texts here, 1,000,000 nightly. */
    private static final int TEXTS = Boolean.getBoolean("peal.nightly") ? 1_000_000 : 10_000;

    private static final int BATCH = 8;
    private static final Origin ORIGIN = new Origin(new RoomKey("chat", "lobby"), "Vb1xq2");

    /** What a reader of event streams could stumble over. */
    private static final String[] SHARP = {
        "\r",
        "\n",
        "\r\n",
        "\n\n",
        "\0",
        "\uFEFF",
        "\uD83D",
        "\uDD14",
        "\uD83D\uDD14",
        ":",
        " ",
        "\t",
        "\"",
        "\\",
        "\u2028",
        "\u2029",
        "\u0085",
        "data: x\n\n",
        "\nevent: close\n",
        "\nid: 1\n",
        "retry: 0\n",
        "\uFFFF",
        "\uFFFE"
    };

    @Property(tries = 1)
    void everyTextComesBackAsItWas(@ForAll long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TEXTS / BATCH; i++) {
            boolean ids = random.nextBoolean();
            boolean named = random.nextBoolean();
            List<String> texts = new ArrayList<>();
            for (int j = 0; j < BATCH; j++) {
                texts.add(text(random));
            }
            assertThat(read(texts, new EventFormat(ids, named), random))
                    .as("seed %d, batch %d", seed, i)
                    .isEqualTo(expected(texts, ids));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(8); parts > 0; parts--) {
            switch (random.nextInt(3)) {
                case 0 -> text.append(SHARP[random.nextInt(SHARP.length)]);
                case 1 -> text.append((char) random.nextInt(0x10000));
                default -> text.append((char) random.nextInt(0x80));
            }
        }
        return text.toString();
    }

    private static byte[] data(String text) {
        return new JsonWriter().object().field("message", text).end().bytes();
    }

    private static List<Event> read(List<String> texts, EventFormat format, Random random) {
        List<Push> pushes = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            pushes.add(Push.entry(ORIGIN, "message", i + 1, data(texts.get(i))));
        }
        EventStreamParser parser = new EventStreamParser();
        feed(parser, encode(format, pushes), random);
        return parser.take();
    }

    private static byte[] encode(EventFormat format, List<Push> pushes) {
        EncodedBatch batch = format.encode(pushes);
        ByteBuf whole = batch.retained(0, batch.count());
        byte[] bytes = new byte[whole.readableBytes()];
        whole.readBytes(bytes);
        whole.release();
        batch.release();
        return bytes;
    }

    private static void feed(EventStreamParser parser, byte[] bytes, Random random) {
        int at = 0;
        while (at < bytes.length) {
            int piece = Math.min(bytes.length - at, 1 + random.nextInt(64));
            parser.read(bytes, at, piece);
            at += piece;
        }
    }

    private static List<Event> expected(List<String> texts, boolean ids) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String json = "{\"type\":\"message\",\"offset\":" + (i + 1) + ",\"data\":"
                    + new String(data(texts.get(i)), StandardCharsets.UTF_8) + "}";
            events.add(new Event("message", json, ids ? "Vb1xq2:" + (i + 1) : ""));
        }
        return events;
    }

    @Test
    void lineBreaksBetweenTheTokensOfAnApplicationsJsonStayWhiteSpace() {
        for (String end : new String[] {"\n", "\r", "\r\n"}) {
            String json = "{" + end + "\"a\":" + end + end + " [1,\"id: 7\"]" + end + "}";
            Push push = Push.entry(ORIGIN, "message", 1, json.getBytes(StandardCharsets.UTF_8));
            EventStreamParser parser = new EventStreamParser();
            feed(parser, encode(new EventFormat(true, false), List.of(push)), new Random(1));
            List<Event> events = parser.take();
            assertThat(events).hasSize(1);
            assertThat(JsonMapper.shared().readTree(events.getFirst().data()).path("data"))
                    .isEqualTo(JsonMapper.shared().readTree(json));
        }
    }

    @Test
    void anApplicationsTypeThatWouldBreakOutOfItsLineIsNotNamed() {
        Push push = Push.signal("x\ndata: injected\n\n", data("hi"), null);
        EventStreamParser parser = new EventStreamParser();
        byte[] bytes = encode(new EventFormat(false, true), List.of(push));
        parser.read(bytes, 0, bytes.length);
        List<Event> events = parser.take();
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().type()).isEqualTo("message");
    }

    @Test
    void aSliceOfABatchHasWholeEventsAndTheirPlaces() {
        EventFormat format = new EventFormat(false, false);
        EncodedBatch batch = format.encode(List.of(
                Push.entry(ORIGIN, "message", 7, data("a")),
                Push.signal("typing", data("b"), null),
                Push.entry(ORIGIN, "message", 8, data("c"))));
        Places places = new Places(true, false);
        places.advance(batch, 0, 2);
        assertThat(places.unsaid()).isTrue();
        assertThat(places.say()).isEqualTo("lobby@Vb1xq2:7");
        places.advance(batch, 1, 2);
        assertThat(places.unsaid()).isFalse();
        places.advance(batch, 1, 3);
        assertThat(places.say()).isEqualTo("lobby@Vb1xq2:8");
        ByteBuf middle = batch.retained(1, 2);
        assertThat(middle.toString(StandardCharsets.UTF_8))
                .isEqualTo("data: {\"type\":\"typing\",\"data\":{\"message\":\"b\"}}\n\n");
        middle.release();
        batch.release();
    }
}
