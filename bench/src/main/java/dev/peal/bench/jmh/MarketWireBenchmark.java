package dev.peal.bench.jmh;

import dev.peal.market.book.BookChecksum;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.OrderBook;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.wire.MarketJson;
import dev.peal.market.wire.PriceFrame;
import dev.peal.market.wire.RecordWriter;
import dev.peal.market.wire.WireBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a price, a trade and a book cost to write, in each of the forms that a client may ask for; made once for all who want the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MarketWireBenchmark {
    private static final long NOW = 1_795_372_800_000L;
    private static final long NOW_NANOS = NOW * 1_000_000;
    private static final int DEPTH = 10;

    private final Symbol symbol = Symbol.of("BTC-USD", 1, "0.01", "0.0001");
    private final Trade trade = new Trade(1_234_567, Side.SELL, 6_400_050, 5_000, NOW_NANOS);
    private final OrderBook book = new OrderBook();
    private final BookChecksum checksum = new BookChecksum(symbol);
    private final WireBuffer out = new WireBuffer(4_096);
    private final RecordWriter records = new RecordWriter(out);
    private BookSnapshot top = BookSnapshot.EMPTY;
    private BookDelta delta = BookDelta.NONE;
    private long sequence;

    /** Makes a book of ten levels and a delta of two. */
    @Setup
    public void setUp() {
        for (int i = 0; i < DEPTH; i++) {
            book.set(Side.BUY, 6_400_000 - 37L * i, 1_000 + 731L * i);
            book.set(Side.SELL, 6_400_010 + 41L * i, 1_300 + 977L * i);
        }
        top = book.top(DEPTH);
        delta = BookDelta.of(Side.BUY, 6_400_000, 0).merge(BookDelta.of(Side.SELL, 6_400_092, 777));
    }

    @Benchmark
    public int jsonPrice() {
        MarketJson.priceUpdate(out.clear(), symbol, 6_400_050, ++sequence, NOW);
        return out.length();
    }

    @Benchmark
    public int jsonTrade() {
        MarketJson.trade(out.clear(), symbol, trade, ++sequence);
        return out.length();
    }

    @Benchmark
    public int jsonBook() {
        MarketJson.orderBook(out.clear(), symbol, ++sequence, 4_000_000_000L, DEPTH, top, NOW);
        return out.length();
    }

    @Benchmark
    public int jsonDelta() {
        MarketJson.orderBookDelta(out.clear(), symbol, sequence, ++sequence, 4_000_000_000L, delta, NOW);
        return out.length();
    }

    /** The 12-byte frame. */
    @Benchmark
    public int framePrice() {
        PriceFrame.write(out.clear(), symbol, 6_400_050, 5_000);
        return out.length();
    }

    /** A frame of one record, its header included. */
    @Benchmark
    public int recordPrice() {
        out.clear();
        records.begin(NOW_NANOS);
        records.price(symbol, ++sequence, NOW_NANOS, 6_400_050, 5_000);
        return records.end();
    }

    @Benchmark
    public int recordBook() {
        out.clear();
        records.begin(NOW_NANOS);
        records.book(symbol, ++sequence, 4_000_000_000L, DEPTH, top, NOW_NANOS);
        return records.end();
    }

    /** The checksum of the top ten levels. */
    @Benchmark
    public long checksum() {
        return checksum.of(book);
    }
}
