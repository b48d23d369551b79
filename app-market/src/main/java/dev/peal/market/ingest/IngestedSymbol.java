package dev.peal.market.ingest;

import dev.peal.market.book.BookChanges;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.OrderBook;
import dev.peal.market.book.Quantity;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.source.MarketSink;
import java.util.List;
import java.util.OptionalLong;

/**
 * What must be known of a symbol to tell whether an event fits: its book and its newest trade. Events change it at once; {@link #rollBack} takes back all since
 * {@link #commit}.
 */
final class IngestedSymbol {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Symbol symbol;
    private final IngestLimits limits;
    private final OrderBook book = new OrderBook();
    private long tradeId;
    /** Makes the book that was committed of the one that is. */
    private BookDelta undo = BookDelta.NONE;

    private long committedTradeId;

    IngestedSymbol(Symbol symbol, IngestLimits limits) {
        this.symbol = symbol;
        this.limits = limits;
    }

    /** Checks an event and takes it up; what the market is to hear of it, once the whole batch is right. */
    Runnable apply(IngestEvent event, long nowMillis, MarketSink to) throws IngestRefusal {
        return switch (event) {
            case IngestEvent.Traded traded -> traded(traded, nowMillis, to);
            case IngestEvent.Book change -> booked(change, nowMillis, to);
            case IngestEvent.Priced priced -> {
                long ticks = price(priced.price());
                long time = nanos(priced.timeMillis(), nowMillis);
                yield () -> to.priced(symbol, ticks, time);
            }
        };
    }

    void commit() {
        undo = BookDelta.NONE;
        committedTradeId = tradeId;
    }

    void rollBack() {
        book.apply(undo);
        undo = BookDelta.NONE;
        tradeId = committedTradeId;
    }

    private Runnable traded(IngestEvent.Traded event, long nowMillis, MarketSink to) throws IngestRefusal {
        long ticks = price(event.price());
        long lots = size(event.size());
        if (lots == 0) {
            throw new IngestRefusal(IngestFault.SIZE_NOT_POSITIVE);
        }
        long id = event.tradeId().orElse(tradeId + 1);
        if (id <= tradeId) {
            throw new IngestRefusal(IngestFault.TRADE_ID_NOT_RISING);
        }
        Trade trade = new Trade(id, event.side(), ticks, lots, nanos(event.timeMillis(), nowMillis));
        tradeId = id;
        return () -> to.traded(symbol, trade);
    }

    private Runnable booked(IngestEvent.Book event, long nowMillis, MarketSink to) throws IngestRefusal {
        BookChanges levels = new BookChanges();
        put(levels, Side.BUY, event.bids(), event.whole());
        put(levels, Side.SELL, event.asks(), event.whole());
        long time = nanos(event.timeMillis(), nowMillis);
        BookDelta said = levels.take();
        BookSnapshot whole = new BookSnapshot(said.bids(), said.asks());
        BookDelta delta = event.whole() ? BookDelta.between(book.snapshot(), whole) : said;
        if (book.crossedAfter(delta)) {
            throw new IngestRefusal(IngestFault.BOOK_CROSSED);
        }
        if (book.sizeAfter(Side.BUY, delta) > limits.levelsMax()
                || book.sizeAfter(Side.SELL, delta) > limits.levelsMax()) {
            throw new IngestRefusal(IngestFault.TOO_MANY_LEVELS);
        }
        // The oldest undo counts last: it says what was committed.
        undo = inverse(delta).merge(undo);
        book.apply(delta);
        return () -> to.bookChanged(symbol, delta, time);
    }

    private void put(BookChanges levels, Side side, List<IngestEvent.Level> said, boolean whole) throws IngestRefusal {
        for (IngestEvent.Level level : said) {
            long ticks = price(level.price());
            long lots = size(level.size());
            if (lots == 0 && whole) {
                throw new IngestRefusal(IngestFault.SIZE_NOT_POSITIVE);
            }
            levels.put(side, ticks, lots);
        }
    }

    /** What makes the book as it is of the one after the delta. */
    private BookDelta inverse(BookDelta delta) {
        BookChanges changes = new BookChanges();
        for (Side side : Side.values()) {
            for (int i = 0; i < delta.levels(side).size(); i++) {
                long ticks = delta.levels(side).priceTicks(i);
                changes.put(side, ticks, book.lotsAt(side, ticks));
            }
        }
        return changes.take();
    }

    private long nanos(OptionalLong timeMillis, long nowMillis) throws IngestRefusal {
        long millis = timeMillis.orElse(nowMillis);
        if (millis < 0 || millis > nowMillis + limits.aheadMillisMax()) {
            throw new IngestRefusal(IngestFault.TIME_OUT_OF_RANGE);
        }
        return millis * NANOS_PER_MILLI;
    }

    private long price(String text) throws IngestRefusal {
        long ticks = switch (symbol.tick().count(text)) {
            case Quantity.Exact(long count) -> count;
            case Quantity.Refused(Quantity.Fault fault) ->
                throw new IngestRefusal(
                        switch (fault) {
                            case NOT_A_NUMBER -> IngestFault.PRICE_NOT_A_NUMBER;
                            case NEGATIVE -> IngestFault.PRICE_NOT_POSITIVE;
                            case TOO_LARGE -> IngestFault.PRICE_TOO_LARGE;
                            case OFF_STEP -> IngestFault.PRICE_OFF_TICK;
                        });
        };
        if (ticks == 0) {
            throw new IngestRefusal(IngestFault.PRICE_NOT_POSITIVE);
        }
        return ticks;
    }

    /** A size, which may be 0 in a change of a book. */
    private long size(String text) throws IngestRefusal {
        return switch (symbol.lot().count(text)) {
            case Quantity.Exact(long count) -> count;
            case Quantity.Refused(Quantity.Fault fault) ->
                throw new IngestRefusal(
                        switch (fault) {
                            case NOT_A_NUMBER -> IngestFault.SIZE_NOT_A_NUMBER;
                            case NEGATIVE -> IngestFault.SIZE_NOT_POSITIVE;
                            case TOO_LARGE -> IngestFault.SIZE_TOO_LARGE;
                            case OFF_STEP -> IngestFault.SIZE_OFF_LOT;
                        });
        };
    }
}
