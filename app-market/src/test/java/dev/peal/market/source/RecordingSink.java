package dev.peal.market.source;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.OrderBook;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what it hears: books as they are, trades and prices all. */
public final class RecordingSink implements MarketSink {
    private final Map<String, OrderBook> books = new HashMap<>();
    private final Map<String, List<Trade>> trades = new HashMap<>();
    private final Map<String, List<Long>> prices = new HashMap<>();
    private long newestNanos;

    public OrderBook book(Symbol symbol) {
        return books.computeIfAbsent(symbol.name(), name -> new OrderBook());
    }

    public List<Trade> trades(Symbol symbol) {
        return trades.computeIfAbsent(symbol.name(), name -> new ArrayList<>());
    }

    /** Prices that came without a trade. */
    public List<Long> prices(Symbol symbol) {
        return prices.computeIfAbsent(symbol.name(), name -> new ArrayList<>());
    }

    /** The latest time that was said. */
    public long newestNanos() {
        return newestNanos;
    }

    @Override
    public void bookChanged(Symbol symbol, BookDelta delta, long timeNanos) {
        book(symbol).apply(delta);
        newestNanos = Math.max(newestNanos, timeNanos);
    }

    @Override
    public void bookReplaced(Symbol symbol, BookSnapshot whole, long timeNanos) {
        book(symbol).replace(whole);
        newestNanos = Math.max(newestNanos, timeNanos);
    }

    @Override
    public void traded(Symbol symbol, Trade trade) {
        trades(symbol).add(trade);
        newestNanos = Math.max(newestNanos, trade.timeNanos());
    }

    @Override
    public void priced(Symbol symbol, long priceTicks, long timeNanos) {
        prices(symbol).add(priceTicks);
        newestNanos = Math.max(newestNanos, timeNanos);
    }
}
