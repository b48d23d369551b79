package dev.peal.market.live;

import dev.peal.market.book.BookChanges;
import dev.peal.market.book.BookChecksum;
import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Levels;
import dev.peal.market.book.OrderBook;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.candle.Candle;
import dev.peal.market.candle.Candles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One symbol's state, and what changed in it since {@link #take}. */
final class LiveSymbol {
    /** The most trades that are kept to be asked for. */
    static final int TRADES_KEPT = 1_000;

    private final Symbol symbol;
    private final OrderBook book = new OrderBook();
    private final BookChecksum checksum;
    private final Candles candles = new Candles();
    private final ArrayDeque<Trade> lastTrades = new ArrayDeque<>();

    private long bookSequence;
    private long bookNanos;
    private long tradeSequence;
    private long priceSequence;
    private long priceTicks;
    private long priceNanos;

    private final BookChanges bookChanges = new BookChanges();
    private long bookTaken;
    private long priceTaken;
    private final List<Trade> newTrades = new ArrayList<>();
    private final List<CandleUpdate> newCandles = new ArrayList<>();
    /** Whether the market has it on its list of those that changed. */
    boolean listed;

    LiveSymbol(Symbol symbol) {
        this.symbol = symbol;
        checksum = new BookChecksum(symbol);
    }

    void bookChanged(BookDelta delta, long timeNanos) {
        for (Side side : Side.values()) {
            Levels levels = delta.levels(side);
            for (int i = 0; i < levels.size(); i++) {
                bookChanges.put(side, levels.priceTicks(i), levels.lots(i));
            }
        }
        book.apply(delta);
        bookSequence++;
        bookNanos = timeNanos;
    }

    void bookReplaced(BookSnapshot whole, long timeNanos) {
        bookChanged(BookDelta.between(book.snapshot(), whole), timeNanos);
    }

    void traded(Trade trade) {
        if (lastTrades.size() == TRADES_KEPT) {
            lastTrades.removeFirst();
        }
        lastTrades.addLast(trade);
        newTrades.add(trade);
        tradeSequence++;
        priced(trade.priceTicks(), trade.timeNanos());
        candles.close(trade.timeMillis(), this::candleClosed);
        candles.add(trade, this::candleChanged);
    }

    void priced(long newPriceTicks, long timeNanos) {
        priceTicks = newPriceTicks;
        priceNanos = timeNanos;
        priceSequence++;
    }

    /** Time goes on: candles that end by it are told as closed. */
    void closeCandles(long nowMillis) {
        candles.close(nowMillis, this::candleClosed);
    }

    int newTrades() {
        return newTrades.size();
    }

    boolean changed() {
        return bookTaken < bookSequence || priceTaken < priceSequence || !newTrades.isEmpty() || !newCandles.isEmpty();
    }

    /** What changed since the last call. */
    MarketChange take() {
        MarketChange change = new MarketChange(symbol, bookUpdate(), tradesUpdate(), priceUpdate(), newCandles);
        bookTaken = bookSequence;
        priceTaken = priceSequence;
        newTrades.clear();
        newCandles.clear();
        return change;
    }

    SymbolView view() {
        Optional<PriceUpdate> price = priceSequence == 0
                ? Optional.empty()
                : Optional.of(new PriceUpdate(priceSequence - 1, priceSequence, priceTicks, lastLots(), priceNanos));
        return new SymbolView(
                symbol,
                book.snapshot(),
                bookSequence,
                checksum.of(book),
                bookNanos,
                price,
                Optional.ofNullable(lastTrades.peekLast()),
                tradeSequence);
    }

    /** The newest trades, the oldest of them first. */
    List<Trade> lastTrades(int limit) {
        return lastTrades.stream()
                .skip(Math.max(0, lastTrades.size() - Math.max(0, limit)))
                .toList();
    }

    Candles candles() {
        return candles;
    }

    private Optional<BookUpdate> bookUpdate() {
        if (bookTaken == bookSequence) {
            return Optional.empty();
        }
        BookSnapshot top = book.top(BookChecksum.DEPTH);
        return Optional.of(
                new BookUpdate(bookTaken, bookSequence, bookChanges.take(), top, checksum.of(top), bookNanos));
    }

    private Optional<TradesUpdate> tradesUpdate() {
        return newTrades.isEmpty()
                ? Optional.empty()
                : Optional.of(new TradesUpdate(tradeSequence - newTrades.size() + 1, newTrades));
    }

    private Optional<PriceUpdate> priceUpdate() {
        return priceTaken == priceSequence
                ? Optional.empty()
                : Optional.of(new PriceUpdate(priceTaken, priceSequence, priceTicks, lastLots(), priceNanos));
    }

    private long lastLots() {
        Trade last = lastTrades.peekLast();
        return last == null ? 0 : last.lots();
    }

    private void candleChanged(Candle candle) {
        CandleUpdate.put(
                newCandles,
                new CandleUpdate(candle, candles.of(candle.interval()).closed(candle)));
    }

    private void candleClosed(Candle candle) {
        CandleUpdate.put(newCandles, new CandleUpdate(candle, true));
    }
}
