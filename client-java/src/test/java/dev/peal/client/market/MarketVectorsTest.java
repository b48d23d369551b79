package dev.peal.client.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.client.Vectors;
import dev.peal.client.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The Java client reads the market's golden vectors as the server and the TypeScript client do. */
final class MarketVectorsTest {
    private static Stream<DynamicTest> each(String kind, Consumer<JsonNode> check) {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode one : Vectors.file("market")) {
            if (one.path("kind").stringValue("").equals(kind)) {
                tests.add(DynamicTest.dynamicTest(one.toString(), () -> check.accept(one)));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static Steps steps(String symbol) {
        return Vectors.whole("market")
                .path("symbols")
                .valueStream()
                .filter(one -> one.path("symbol").stringValue("").equals(symbol))
                .map(one -> new Steps(
                        Step.of(one.path("tick").stringValue()),
                        Step.of(one.path("lot").stringValue())))
                .findFirst()
                .orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> decimals() {
        return each(
                "decimal",
                one -> assertThat(Step.of(one.path("step").stringValue())
                                .text(one.path("count").longValue()))
                        .isEqualTo(one.path("text").stringValue()));
    }

    @TestFactory
    Stream<DynamicTest> quantities() {
        return each("quantity", one -> {
            if (one.has("count")) {
                JsonNode number = Json.read("{\"n\":" + one.path("text").stringValue() + "}")
                        .orElseThrow()
                        .path("n");
                assertThat(Step.of(one.path("step").stringValue()).count(number))
                        .isEqualTo(one.path("count").longValue());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> checksums() {
        return each("checksum", one -> {
            Steps steps = steps(one.path("symbol").stringValue());
            BookSide bids = side(BookSide.bids(), one.path("book").path("bids"), steps);
            BookSide asks = side(BookSide.asks(), one.path("book").path("asks"), steps);
            assertThat(Checksum.of(bids, asks, steps))
                    .isEqualTo(one.path("checksum").longValue());
        });
    }

    private static BookSide side(BookSide side, JsonNode levels, Steps steps) {
        for (JsonNode level : levels) {
            side.put(
                    steps.tick().count(new BigDecimal(level.path(0).stringValue())),
                    steps.lot().count(new BigDecimal(level.path(1).stringValue())));
        }
        return side;
    }

    @TestFactory
    Stream<DynamicTest> deltas() {
        return each("delta", one -> {
            for (String name : List.of("bids", "asks")) {
                BookSide oneByOne = made(name, one.path("before"));
                one.path("deltas").forEach(delta -> oneByOne.putAll(pairs(delta.path(name))));
                BookSide atOnce = made(name, one.path("before"));
                atOnce.putAll(pairs(one.path("merged").path(name)));
                assertThat(levels(oneByOne)).isEqualTo(one.path("after").path(name));
                assertThat(levels(atOnce)).isEqualTo(one.path("after").path(name));
            }
        });
    }

    private static BookSide made(String name, JsonNode book) {
        BookSide side = name.equals("bids") ? BookSide.bids() : BookSide.asks();
        side.putAll(pairs(book.path(name)));
        return side;
    }

    private static long[] pairs(JsonNode levels) {
        return levels.valueStream()
                .flatMap(JsonNode::valueStream)
                .mapToLong(JsonNode::longValue)
                .toArray();
    }

    private static JsonNode levels(BookSide side) {
        StringBuilder text = new StringBuilder();
        for (int rank = 0; rank < side.size(); rank++) {
            text.append(rank == 0 ? "" : ",").append('[').append(side.ticks(rank));
            text.append(',').append(side.lots(rank)).append(']');
        }
        return Json.value("[" + text + "]").orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> priceFrames() {
        return each("price_frame", one -> {
            PriceFrame frame = PriceFrame.read(bytes(one)).orElseThrow();
            assertThat((double) frame.price()).isEqualTo(one.path("float32").doubleValue());
            assertThat(frame.lots()).isEqualTo(one.path("volume").longValue());
            assertThat(PriceFrame.read(new byte[11])).isEqualTo(Optional.empty());
        });
    }

    @TestFactory
    Stream<DynamicTest> records() {
        return each("records", one -> {
            Recorded recorded = new Recorded();
            assertThat(RecordReader.read(bytes(one), recorded))
                    .isEqualTo(
                            OptionalLong.of(Long.parseLong(one.path("timeNanos").stringValue())));
            assertThat(recorded.all.toString()).isEqualTo(sorted(one.path("records")));
        });
    }

    @TestFactory
    Stream<DynamicTest> noRecords() {
        return each("no_records", one -> {
            Recorded recorded = new Recorded();
            assertThat(RecordReader.read(bytes(one), recorded)).isEmpty();
            assertThat(recorded.all).isEmpty();
        });
    }

    private static byte[] bytes(JsonNode one) {
        return HexFormat.of().parseHex(one.path("hex").stringValue());
    }

    /** The records as {@link Recorded} writes them: with their fields in its order. */
    private static String sorted(JsonNode records) {
        Recorded recorded = new Recorded();
        for (JsonNode one : records) {
            long symbol = one.path("symbolId").longValue();
            long sequence = one.path("sequence").longValue(0);
            long nanos = Long.parseLong(one.path("timeNanos").stringValue());
            switch (one.path("record").stringValue()) {
                case "price" ->
                    recorded.price(
                            symbol,
                            sequence,
                            one.path("priceTicks").longValue(),
                            one.path("lots").longValue(),
                            nanos);
                case "trade" ->
                    recorded.trade(
                            symbol,
                            sequence,
                            one.path("tradeId").longValue(),
                            Side.of(one.path("side").stringValue()),
                            one.path("priceTicks").longValue(),
                            one.path("lots").longValue(),
                            nanos);
                case "book" ->
                    recorded.book(
                            symbol,
                            sequence,
                            one.path("checksum").longValue(),
                            one.path("depth").intValue(),
                            pairs(one.path("bids")),
                            pairs(one.path("asks")),
                            nanos);
                case "book_delta" ->
                    recorded.bookDelta(
                            symbol,
                            one.path("previous").longValue(),
                            sequence,
                            one.path("checksum").longValue(),
                            one.path("depth").intValue(),
                            pairs(one.path("bids")),
                            pairs(one.path("asks")),
                            nanos);
                default ->
                    recorded.skipped(
                            symbol,
                            Channel.of(one.path("channel").stringValue()).orElseThrow(),
                            one.path("from").longValue(),
                            one.path("to").longValue(),
                            nanos);
            }
        }
        return recorded.all.toString();
    }

    private static final class Recorded implements RecordSink {
        private final List<ObjectNode> all = new ArrayList<>();

        private ObjectNode add(String record, long symbolId, long timeNanos) {
            ObjectNode one = Json.object()
                    .put("record", record)
                    .put("symbolId", symbolId)
                    .put("nanos", timeNanos);
            all.add(one);
            return one;
        }

        private static void levels(ArrayNode list, long[] levels) {
            for (long value : levels) {
                list.add(value);
            }
        }

        @Override
        public void price(long symbolId, long sequence, long priceTicks, long lots, long timeNanos) {
            add("price", symbolId, timeNanos)
                    .put("sequence", sequence)
                    .put("ticks", priceTicks)
                    .put("lots", lots);
        }

        @Override
        public void trade(
                long symbolId, long sequence, long tradeId, Side side, long priceTicks, long lots, long timeNanos) {
            add("trade", symbolId, timeNanos)
                    .put("sequence", sequence)
                    .put("id", tradeId)
                    .put("side", side.wire())
                    .put("ticks", priceTicks)
                    .put("lots", lots);
        }

        @Override
        public void book(
                long symbolId, long sequence, long checksum, int depth, long[] bids, long[] asks, long timeNanos) {
            ObjectNode one = add("book", symbolId, timeNanos)
                    .put("sequence", sequence)
                    .put("checksum", checksum)
                    .put("depth", depth);
            levels(one.putArray("bids"), bids);
            levels(one.putArray("asks"), asks);
        }

        @Override
        public void bookDelta(
                long symbolId,
                long previous,
                long sequence,
                long checksum,
                int depth,
                long[] bids,
                long[] asks,
                long timeNanos) {
            book(symbolId, sequence, checksum, depth, bids, asks, timeNanos);
            all.get(all.size() - 1).put("previous", previous);
        }

        @Override
        public void skipped(long symbolId, Channel channel, long from, long to, long timeNanos) {
            add("skipped", symbolId, timeNanos)
                    .put("channel", channel.wire())
                    .put("from", from)
                    .put("to", to);
        }
    }
}
