package dev.peal.market.ingest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.OrderBook;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.source.MarketSink;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import java.util.List;

/**
 * Whatever a program sends is applied whole or refused whole, never an exception, and no book becomes crossed. Without {@code JAZZER_FUZZ=1} it runs the kept inputs
 * beside this class.
 */
class IngestFuzzTest {
    private static final Symbol BTC = Symbol.of("BTC-USD", 1, "0.01", "0.0001");

    @FuzzTest(maxDuration = "10m")
    void takesAnyBytes(byte[] bytes) {
        if (!(IngestReader.read(bytes) instanceof IngestReader.Reading.Read read)) {
            return;
        }
        ManualClock clock = new ManualClock();
        IngestSource source = new IngestSource(List.of(BTC), IngestLimits.DEFAULT);
        Heard heard = new Heard();
        source.start(new ManualOwner(clock), clock, heard);
        IngestReply first = source.apply(read.batch());
        int told = heard.events;
        IngestReply second = source.apply(read.batch());
        if (first instanceof IngestReply.Refused refused) {
            check(told == 0 && second.equals(refused), "a refused batch changed something");
        } else {
            check(told == read.batch().events().size(), "an event was not told, or twice");
            check(second instanceof IngestReply.Repeated && heard.events == told, "a repetition had an effect");
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static final class Heard implements MarketSink {
        private final OrderBook book = new OrderBook();
        private int events;

        @Override
        public void bookChanged(Symbol symbol, BookDelta delta, long timeNanos) {
            check(!book.crossedAfter(delta), "the book is crossed");
            book.apply(delta);
            events++;
        }

        @Override
        public void bookReplaced(Symbol symbol, BookSnapshot whole, long timeNanos) {
            bookChanged(symbol, BookDelta.between(book.snapshot(), whole), timeNanos);
        }

        @Override
        public void traded(Symbol symbol, Trade trade) {
            events++;
        }

        @Override
        public void priced(Symbol symbol, long priceTicks, long timeNanos) {
            events++;
        }
    }
}
