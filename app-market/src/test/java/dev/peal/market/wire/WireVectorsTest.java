package dev.peal.market.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peal.market.Vectors;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.candle.Candle;
import dev.peal.market.candle.CandleInterval;
import dev.peal.market.candle.Ticker;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every byte of the stream as the golden vectors say. */
class WireVectorsTest {
    private final WireBuffer out = new WireBuffer();

    @TestFactory
    Stream<DynamicTest> messagesAreWritten() {
        return Vectors.of("message", vector -> {
            out.clear();
            write(vector.get("call").stringValue(), vector.get("args"));
            assertThat(out.toString()).isEqualTo(vector.get("frame").stringValue());
        });
    }

    @TestFactory
    Stream<DynamicTest> priceFramesAreWrittenAndRead() {
        return Vectors.of("price_frame", vector -> {
            Symbol symbol = Vectors.symbol(vector.get("symbol"));
            out.clear();
            PriceFrame.write(
                    out,
                    symbol,
                    Vectors.count(symbol.tick(), vector.get("price")),
                    vector.get("lots").longValue());
            assertThat(HexFormat.of().formatHex(out.toBytes()))
                    .isEqualTo(vector.get("hex").stringValue());
            assertThat(PriceFrame.read(out.array(), 0))
                    .isEqualTo(new PriceFrame(
                            symbol.id(),
                            (float) vector.get("float32").doubleValue(),
                            vector.get("volume").longValue()));
        });
    }

    @TestFactory
    Stream<DynamicTest> recordsAreWrittenAndRead() {
        return Vectors.of("records", vector -> {
            byte[] frame = HexFormat.of().parseHex(vector.get("hex").stringValue());
            long time = nanos(vector);
            RecordLog expected = new RecordLog();
            vector.get("records").forEach(record -> give(record, expected));
            RecordLog read = new RecordLog();
            assertThat(RecordReader.read(frame, 0, frame.length, read)).isTrue();
            assertThat(read.lines()).isEqualTo(expected.lines());
            assertThat(RecordReader.timeNanos(frame, 0)).isEqualTo(time);
            if (!vector.has("readOnly")) {
                out.clear();
                RecordWriter writer = new RecordWriter(out);
                writer.begin(time);
                vector.get("records").forEach(record -> give(record, new WritingSink(writer)));
                assertThat(writer.end()).isEqualTo(frame.length);
                assertThat(HexFormat.of().formatHex(out.toBytes()))
                        .isEqualTo(vector.get("hex").stringValue());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoFrameGivesNothing() {
        return Vectors.of("no_records", vector -> {
            byte[] bytes = HexFormat.of().parseHex(vector.get("hex").stringValue());
            RecordLog read = new RecordLog();
            assertThat(RecordReader.read(bytes, 0, bytes.length, read)).isFalse();
            assertThat(read.lines()).isEmpty();
        });
    }

    private void write(String call, JsonNode args) {
        if (args.has("symbols")) {
            List<Symbol> symbols = new ArrayList<>();
            args.get("symbols").forEach(name -> symbols.add(Vectors.symbol(name)));
            switch (call) {
                case "symbols" -> MarketJson.symbols(out, symbols);
                case "symbols_with_steps" -> MarketJson.symbolsWithSteps(out, symbols);
                case "symbol_list" -> MarketJson.symbolList(out, symbols);
                default -> throw new AssertionError(call);
            }
            return;
        }
        Symbol symbol = Vectors.symbol(args.get("symbol"));
        long sequence = args.path("sequence").longValue(0);
        long time = args.path("timestamp").longValue(0);
        switch (call) {
            case "price_update" -> MarketJson.priceUpdate(out, symbol, ticks(symbol, args, "price"), sequence, time);
            case "trade" -> MarketJson.trade(out, symbol, trade(symbol, args, time), sequence);
            case "order_book" ->
                MarketJson.orderBook(
                        out,
                        symbol,
                        sequence,
                        args.get("checksum").longValue(),
                        args.get("depth").intValue(),
                        Vectors.book(symbol, args.get("book")),
                        time);
            case "order_book_delta" ->
                MarketJson.orderBookDelta(
                        out,
                        symbol,
                        args.get("previous").longValue(),
                        sequence,
                        args.get("checksum").longValue(),
                        Vectors.delta(Vectors.book(symbol, args.get("delta"))),
                        time);
            case "candle" ->
                MarketJson.candle(
                        out, symbol, candle(symbol, args), args.get("closed").booleanValue());
            case "ticker" -> MarketJson.ticker(out, symbol, ticker(symbol, args, time));
            case "skipped" ->
                MarketJson.skipped(
                        out,
                        symbol,
                        Channel.ofWire(args.get("channel").stringValue()).orElseThrow(),
                        args.get("from").longValue(),
                        args.get("to").longValue());
            default -> throw new AssertionError(call);
        }
    }

    private static Trade trade(Symbol symbol, JsonNode args, long timeMillis) {
        return new Trade(
                args.get("tradeId").longValue(),
                side(args),
                ticks(symbol, args, "price"),
                Vectors.count(symbol.lot(), args.get("size")),
                timeMillis * 1_000_000);
    }

    private static Candle candle(Symbol symbol, JsonNode args) {
        return new Candle(
                CandleInterval.ofWire(args.get("interval").stringValue()).orElseThrow(),
                args.get("start").longValue(),
                ticks(symbol, args, "open"),
                ticks(symbol, args, "high"),
                ticks(symbol, args, "low"),
                ticks(symbol, args, "close"),
                Vectors.count(symbol.lot(), args.get("volume")),
                args.get("trades").longValue());
    }

    private static Ticker ticker(Symbol symbol, JsonNode args, long time) {
        Ticker ticker = new Ticker(
                ticks(symbol, args, "last"),
                ticks(symbol, args, "open"),
                ticks(symbol, args, "high"),
                ticks(symbol, args, "low"),
                Vectors.count(symbol.lot(), args.get("volume")),
                args.get("trades").longValue(),
                time);
        assertThat(ticker.changeTicks()).isEqualTo(ticks(symbol, args, "change"));
        return ticker;
    }

    private static long ticks(Symbol symbol, JsonNode args, String field) {
        return Vectors.count(symbol.tick(), args.get(field));
    }

    private static Side side(JsonNode node) {
        return Side.valueOf(node.get("side").stringValue().toUpperCase(Locale.ROOT));
    }

    private static long nanos(JsonNode node) {
        return Long.parseLong(node.get("timeNanos").stringValue());
    }

    private static void give(JsonNode record, RecordSink sink) {
        int symbol = record.get("symbolId").intValue();
        long sequence = record.path("sequence").longValue(0);
        long time = nanos(record);
        switch (record.get("record").stringValue()) {
            case "price" ->
                sink.price(
                        symbol,
                        sequence,
                        time,
                        record.get("priceTicks").longValue(),
                        record.get("lots").longValue());
            case "trade" ->
                sink.trade(
                        symbol,
                        sequence,
                        new Trade(
                                record.get("tradeId").longValue(),
                                side(record),
                                record.get("priceTicks").longValue(),
                                record.get("lots").longValue(),
                                time));
            case "book" ->
                sink.book(
                        symbol,
                        sequence,
                        record.get("checksum").longValue(),
                        record.get("depth").intValue(),
                        Vectors.bookInSteps(record),
                        time);
            case "book_delta" ->
                sink.bookDelta(
                        symbol,
                        record.get("previous").longValue(),
                        sequence,
                        record.get("checksum").longValue(),
                        record.get("depth").intValue(),
                        Vectors.delta(Vectors.bookInSteps(record)),
                        time);
            case "skipped" ->
                sink.skipped(
                        symbol,
                        Channel.ofWire(record.get("channel").stringValue()).orElseThrow(),
                        record.get("from").longValue(),
                        record.get("to").longValue(),
                        time);
            default -> throw new AssertionError(record);
        }
    }

    /** Writes what it is given. */
    private record WritingSink(RecordWriter writer) implements RecordSink {
        @Override
        public void price(int symbolId, long sequence, long timeNanos, long priceTicks, long lots) {
            assertThat(writer.price(symbol(symbolId), sequence, timeNanos, priceTicks, lots))
                    .isTrue();
        }

        @Override
        public void trade(int symbolId, long sequence, Trade trade) {
            assertThat(writer.trade(symbol(symbolId), sequence, trade)).isTrue();
        }

        @Override
        public void book(int symbolId, long sequence, long checksum, int depth, BookSnapshot book, long timeNanos) {
            assertThat(writer.book(symbol(symbolId), sequence, checksum, depth, book, timeNanos))
                    .isTrue();
        }

        @Override
        public void bookDelta(
                int symbolId, long previous, long sequence, long checksum, int depth, BookDelta delta, long timeNanos) {
            assertThat(writer.bookDelta(symbol(symbolId), previous, sequence, checksum, depth, delta, timeNanos))
                    .isTrue();
        }

        @Override
        public void skipped(int symbolId, Channel channel, long from, long to, long timeNanos) {
            assertThat(writer.skipped(symbol(symbolId), channel, from, to, timeNanos))
                    .isTrue();
        }

        private static Symbol symbol(int id) {
            return Symbol.of("ANY", id, "1", "1");
        }
    }
}
