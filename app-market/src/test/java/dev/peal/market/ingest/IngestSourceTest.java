package dev.peal.market.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.market.Seeded;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.OrderBook;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.source.RecordingSink;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the bytes that a program sends to what the market hears of them. */
class IngestSourceTest {
    private static final Symbol A = Symbol.of("A", 1, "0.01", "0.1");
    private static final Symbol B = Symbol.of("B", 2, "1", "1");
    private static final long MILLI = 1_000_000;
    private static final int BATCHES = Seeded.count(20_000, 200_000);

    private final ManualClock clock = new ManualClock();
    private final RecordingSink sink = new RecordingSink();
    private final IngestSource source = new IngestSource(List.of(A, B), new IngestLimits(2, 10, 5, 3, 60_000));
    private long sequence;

    IngestSourceTest() {
        source.start(new ManualOwner(clock), clock, sink);
    }

    @Test
    void aBatchIsAppliedWhole() {
        assertThat(send("""
                        {"type":"trade","symbol":"A","price":100.5,"size":"0.2","side":"sell","tradeId":7,"timestamp":1000},
                        {"type":"book","symbol":"A","bids":[[100.5,1],[100,2.5]],"asks":[["100.51",1e1]]},
                        {"type":"price","symbol":"B","price":17}
                        """)).isEqualTo(new IngestReply.Applied(1));
        assertThat(sink.trades(A)).containsExactly(new Trade(7, Side.SELL, 10_050, 2, 1_000 * MILLI));
        assertThat(sink.book(A).snapshot())
                .isEqualTo(new BookSnapshot(Levels.of(10_050, 10, 10_000, 25), Levels.of(10_051, 100)));
        assertThat(sink.prices(B)).containsExactly(17L);
        assertThat(sink.newestNanos()).isEqualTo(clock.millis() * MILLI);
    }

    @Test
    void anIntegerMayBeWrittenWithAPoint() {
        String batch =
                "{\"source\":\"s\",\"sequence\":7.0,\"events\":[" + trade("\"tradeId\":7.0,\"timestamp\":1e3") + "]}";
        assertThat(IngestReader.read(batch.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        IngestReader.Reading.Read.class,
                        read -> assertThat(source.apply(read.batch())).isEqualTo(new IngestReply.Applied(7)));
        assertThat(sink.trades(A)).extracting(Trade::tradeId).containsExactly(7L);
    }

    @Test
    void aSourceHasUpTo64CharactersWhateverTheirLengthInUtf16() {
        for (int length : List.of(64, 65)) {
            String batch = "{\"source\":\"" + "\uD83D\uDD14".repeat(length) + "\",\"sequence\":1,\"events\":[]}";
            assertThat(IngestReader.read(batch.getBytes(StandardCharsets.UTF_8)) instanceof IngestReader.Reading.Read)
                    .as("%s characters", length)
                    .isEqualTo(length == 64);
        }
    }

    @Test
    void whatMayBeAbsentMayBeNull() {
        assertThat(send(
                        "{\"type\":\"book\",\"symbol\":\"A\",\"bids\":[[1,1]],\"asks\":null,\"whole\":null,\"timestamp\":null},"
                                + trade("\"tradeId\":null")))
                .isEqualTo(new IngestReply.Applied(1));
    }

    @Test
    void aTradeWithoutAnIdHasTheNext() {
        send(trade("\"tradeId\":7") + "," + trade("\"x\":1"));
        assertThat(sink.trades(A)).extracting(Trade::tradeId).containsExactly(7L, 8L);
    }

    @Test
    void aSizeOfZeroRemovesALevelAndAWholeBookReplacesWhatWas() {
        send("{\"type\":\"book\",\"symbol\":\"A\",\"bids\":[[1,1],[0.99,1]],\"asks\":[[2,1]]}");
        send("{\"type\":\"book\",\"symbol\":\"A\",\"bids\":[[1,0],[0.5,0]]}");
        assertThat(sink.book(A).snapshot()).isEqualTo(new BookSnapshot(Levels.of(99, 10), Levels.of(200, 10)));
        send("{\"type\":\"book\",\"symbol\":\"A\",\"whole\":true,\"bids\":[[3,1]],\"asks\":[[4,1]]}");
        assertThat(sink.book(A).snapshot()).isEqualTo(new BookSnapshot(Levels.of(300, 10), Levels.of(400, 10)));
    }

    @Test
    void theSameBatchTwiceHasNoSecondEffect() {
        send(trade("\"tradeId\":7"));
        sequence--;
        assertThat(send(trade("\"tradeId\":7"))).isEqualTo(new IngestReply.Repeated(1));
        assertThat(sink.trades(A)).hasSize(1);
    }

    @Test
    void aBatchOutOfOrderOrAfterAGapOrUnderAnothersNumberIsRefusedByName() {
        sequence = 10;
        send(trade("\"tradeId\":1"));
        sequence = 12;
        assertThat(send(trade("\"tradeId\":3"))).isEqualTo(refused(IngestFault.SEQUENCE_GAP, -1, 12));
        sequence = 8;
        assertThat(send(trade("\"tradeId\":0"))).isEqualTo(refused(IngestFault.SEQUENCE_OUT_OF_ORDER, -1, 12));
        sequence = 10;
        assertThat(send(trade("\"tradeId\":2"))).isEqualTo(refused(IngestFault.SEQUENCE_REUSED, -1, 12));
        assertThat(sink.trades(A)).hasSize(1);
        assertThat(send(trade("\"tradeId\":2"))).isEqualTo(new IngestReply.Applied(12));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"type":"price","symbol":"C","price":1}                              | UNKNOWN_SYMBOL
                    {"type":"price","symbol":"A","price":NaN}                            | PRICE_NOT_A_NUMBER
                    {"type":"price","symbol":"A","price":"NaN"}                          | PRICE_NOT_A_NUMBER
                    {"type":"price","symbol":"A","price":Infinity}                       | PRICE_NOT_A_NUMBER
                    {"type":"price","symbol":"A","price":"1,5"}                          | PRICE_NOT_A_NUMBER
                    {"type":"price","symbol":"A","price":0}                              | PRICE_NOT_POSITIVE
                    {"type":"price","symbol":"A","price":-1}                             | PRICE_NOT_POSITIVE
                    {"type":"price","symbol":"A","price":0.001}                          | PRICE_OFF_TICK
                    {"type":"price","symbol":"A","price":100.000000000000000001}         | PRICE_OFF_TICK
                    {"type":"price","symbol":"A","price":1e13}                           | PRICE_TOO_LARGE
                    {"type":"price","symbol":"A","price":1e999999999}                    | PRICE_TOO_LARGE
                    {"type":"trade","symbol":"A","price":1,"size":NaN,"side":"buy"}      | SIZE_NOT_A_NUMBER
                    {"type":"trade","symbol":"A","price":1,"size":0,"side":"buy"}        | SIZE_NOT_POSITIVE
                    {"type":"trade","symbol":"A","price":1,"size":-0.1,"side":"buy"}     | SIZE_NOT_POSITIVE
                    {"type":"trade","symbol":"A","price":1,"size":0.05,"side":"buy"}     | SIZE_OFF_LOT
                    {"type":"trade","symbol":"A","price":1,"size":1e15,"side":"buy"}     | SIZE_TOO_LARGE
                    {"type":"trade","symbol":"A","price":1,"size":1,"side":"bid"}        | INVALID_EVENT
                    {"type":"trade","symbol":"A","price":1,"size":1}                     | INVALID_EVENT
                    {"type":"trade","symbol":"A","price":true,"size":1,"side":"buy"}     | INVALID_EVENT
                    {"type":"trade","symbol":"A","price":1,"size":1,"side":"buy","tradeId":0}      | TRADE_ID_NOT_RISING
                    {"type":"trade","symbol":"A","price":1,"size":1,"side":"buy","tradeId":1.5}    | INVALID_EVENT
                    {"type":"trade","symbol":"A","price":1,"size":1,"side":"buy","timestamp":-1}   | TIME_OUT_OF_RANGE
                    {"type":"trade","symbol":"A","price":1,"size":1,"side":"buy","timestamp":9007199254740991} | TIME_OUT_OF_RANGE
                    {"type":"book","symbol":"A","bids":[[2,1]],"asks":[[2,1]]}           | BOOK_CROSSED
                    {"type":"book","symbol":"A","bids":[[1,1],[2,1],[3,1],[4,1]]}        | TOO_MANY_LEVELS
                    {"type":"book","symbol":"A","bids":[[1,0]],"whole":true}             | SIZE_NOT_POSITIVE
                    {"type":"book","symbol":"A","bids":[[1]]}                            | INVALID_EVENT
                    {"type":"book","symbol":"A","bids":[1]}                              | INVALID_EVENT
                    {"type":"book","symbol":"A","bids":{}}                               | INVALID_EVENT
                    {"type":"book","symbol":"A","whole":1}                               | INVALID_EVENT
                    {"type":"news","symbol":"A"}                                         | INVALID_EVENT
                    {"type":"price","price":1}                                           | INVALID_EVENT
                    17                                                                   | INVALID_EVENT
                    """)
    void aBatchWithAWrongEventIsRefusedWholeAndTheEventNamed(String event, IngestFault fault) {
        assertThat(send(trade("\"tradeId\":1") + "," + event + "," + trade("\"tradeId\":2")))
                .isEqualTo(refused(fault, 1, 0));
        assertThat(sink.trades(A)).isEmpty();
        assertThat(sink.book(A).snapshot()).isEqualTo(BookSnapshot.EMPTY);
        sequence = 0;
        assertThat(send(trade("\"tradeId\":1")))
                .as("mended, under the same number")
                .isEqualTo(new IngestReply.Applied(1));
    }

    @Test
    void aLevelThatARefusedBatchChangedTwiceIsAsItWas() {
        String gone = "{\"type\":\"book\",\"symbol\":\"A\",\"bids\":[[1,0]]}";
        send("{\"type\":\"book\",\"symbol\":\"A\",\"bids\":[[1,1]]}");
        assertThat(send(gone + "," + gone + ",17")).isEqualTo(refused(IngestFault.INVALID_EVENT, 2, 0));
        sequence = 1;
        assertThat(send(gone + "," + gone + ",{\"type\":\"price\",\"symbol\":\"C\",\"price\":1}"))
                .isEqualTo(refused(IngestFault.UNKNOWN_SYMBOL, 2, 2));
        sequence = 1;
        assertThat(send("{\"type\":\"book\",\"symbol\":\"A\",\"asks\":[[1,1]]}"))
                .isEqualTo(refused(IngestFault.BOOK_CROSSED, 0, 2));
    }

    @Test
    void aTimeUpToAMinuteAheadIsTaken() {
        long limit = clock.millis() + 60_000;
        assertThat(send(trade("\"timestamp\":" + (limit + 1)))).isEqualTo(refused(IngestFault.TIME_OUT_OF_RANGE, 0, 0));
        sequence = 0;
        assertThat(send(trade("\"timestamp\":" + limit))).isEqualTo(new IngestReply.Applied(1));
    }

    @Test
    void moreEventsAndMoreSourcesThanMayBeAreRefused() {
        String five = String.join(",", Collections.nCopies(5, trade("\"x\":1")));
        assertThat(send(five)).isEqualTo(new IngestReply.Applied(1));
        assertThat(send(five + "," + trade("\"x\":1"))).isEqualTo(refused(IngestFault.TOO_MANY_EVENTS, -1, 2));
        send("t", 1, trade("\"x\":1"));
        assertThat(send("u", 1, trade("\"x\":1"))).isEqualTo(refused(IngestFault.TOO_MANY_SOURCES, -1, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []
                    {}
                    {"source":"s","sequence":1}
                    {"source":"","sequence":1,"events":[]}
                    {"source":7,"sequence":1,"events":[]}
                    {"source":"s","sequence":0,"events":[]}
                    {"source":"s","sequence":1.5,"events":[]}
                    {"source":"s","sequence":9007199254740992,"events":[]}
                    {"source":"s","sequence":"1","events":[]}
                    {"source":"s","sequence":1,"events":{}}
                    {"source":"s","sequence":1,"sequence":2,"events":[]}
                    {"source":"s","sequence":1,"events":[]} x
                    {"source":"s","sequence":1,"events":[[[[[[[[[[]]]]]]]]]]}
                    {"source"
                    """)
    void whatIsNoBatchIsSaidToBeNone(String json) {
        assertThat(IngestReader.read(json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new IngestReader.Reading.Invalid(IngestFault.INVALID_BATCH, OptionalInt.empty()));
    }

    @Test
    void aBatchWithoutEventsOnlyCounts() {
        assertThat(send("")).isEqualTo(new IngestReply.Applied(1));
        assertThat(send("")).isEqualTo(new IngestReply.Applied(2));
    }

    @Test
    void itsSymbolsBookIsNeverCrossedAndARefusedBatchLeavesNoTrace() {
        Seeded.run(random -> {
            RecordingSink heard = new RecordingSink();
            IngestSource fresh = new IngestSource(List.of(A, B), new IngestLimits(2, 10, 5, 20, 60_000));
            fresh.start(new ManualOwner(clock), clock, heard);
            OrderBook expected = new OrderBook();
            int refused = 0;
            for (long number = 1; number < BATCHES; ) {
                StringBuilder events = new StringBuilder();
                OrderBook tried = new OrderBook();
                tried.replace(expected.snapshot());
                boolean right = true;
                for (int n = 1 + random.nextInt(4); n > 0; n--) {
                    right &= event(random, events, tried);
                }
                IngestReply reply = apply(fresh, "s", number, events.toString());
                assertThat(reply instanceof IngestReply.Applied).isEqualTo(right);
                if (right) {
                    expected = tried;
                    number++;
                } else {
                    refused++;
                }
                assertThat(heard.book(A).snapshot()).isEqualTo(expected.snapshot());
                assertThat(heard.book(A).crossed()).isFalse();
            }
            assertThat(refused).isGreaterThan(BATCHES / 100);
        });
    }

    /** One change of a level; false where it crosses the book. */
    private static boolean event(Random random, StringBuilder events, OrderBook tried) {
        Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        long price = side == Side.BUY ? 90 + random.nextInt(15) : 97 + random.nextInt(15);
        long lots = random.nextInt(3);
        tried.set(side, price, lots);
        events.append(events.isEmpty() ? "" : ",")
                .append("{\"type\":\"book\",\"symbol\":\"A\",\"")
                .append(side == Side.BUY ? "bids" : "asks")
                .append("\":[[")
                .append(A.tick().text(price))
                .append(',')
                .append(A.lot().text(lots))
                .append("]]}");
        return !tried.crossed();
    }

    @Test
    void withoutAMarketNothingIsApplied() {
        source.stop();
        assertThatThrownBy(() -> send("")).isInstanceOf(IllegalStateException.class);
    }

    private IngestReply send(String events) {
        return send("s", ++sequence, events);
    }

    private IngestReply send(String name, long number, String events) {
        return apply(source, name, number, events);
    }

    private static IngestReply apply(IngestSource source, String name, long number, String events) {
        String json = "{\"source\":\"" + name + "\",\"sequence\":" + number + ",\"events\":[" + events + "]}";
        return switch (IngestReader.read(json.getBytes(StandardCharsets.UTF_8))) {
            case IngestReader.Reading.Read(IngestBatch batch) -> source.apply(batch);
            case IngestReader.Reading.Invalid(IngestFault fault, OptionalInt event) ->
                new IngestReply.Refused(fault, event, 0);
        };
    }

    private static String trade(String more) {
        return "{\"type\":\"trade\",\"symbol\":\"A\",\"price\":1,\"size\":1,\"side\":\"buy\"," + more + "}";
    }

    private static IngestReply refused(IngestFault fault, int event, long expected) {
        return new IngestReply.Refused(fault, event < 0 ? OptionalInt.empty() : OptionalInt.of(event), expected);
    }
}
