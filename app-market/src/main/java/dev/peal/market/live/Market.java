package dev.peal.market.live;

import dev.peal.market.book.BookDelta;
import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.candle.Candle;
import dev.peal.market.candle.CandleInterval;
import dev.peal.market.candle.Ticker;
import dev.peal.market.source.MarketSink;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All symbols as they are now. Hears its sources, and belongs to their owner; {@link #symbols} and {@link #symbol} may be called by any thread.
 *
 * <p>Each channel of a symbol (book, trades, price) counts by itself, from 1 without a hole: the book with every event that a source tells of it, the trades with every
 * trade, the price with every trade and every price. What changed is handed on once the owner's iteration ends, symbol by symbol.
 */
public final class Market implements MarketSink {
    /** How many trades of a symbol gather at most before they are handed on; a source that starts tells of thousands at once. */
    static final int TRADES_GATHERED_MAX = 1_024;

    private final List<Symbol> symbols;
    private final Map<String, LiveSymbol> live = new LinkedHashMap<>();
    private final Map<String, Symbol> byName = new LinkedHashMap<>();
    private final Owner owner;
    private final MarketListener listener;
    private final List<LiveSymbol> dirty = new ArrayList<>();
    private boolean flushPlanned;

    /**
     * A market in which nothing happened yet.
     *
     * @param symbols those of all sources
     * @param owner the sources' owner
     * @throws IllegalArgumentException if two symbols have the same name or id
     */
    public Market(List<Symbol> symbols, Owner owner, MarketListener listener) {
        this.symbols = List.copyOf(symbols);
        this.owner = owner;
        this.listener = listener;
        for (Symbol symbol : this.symbols) {
            live.put(symbol.name(), new LiveSymbol(symbol));
            byName.put(symbol.name(), symbol);
        }
        long ids = this.symbols.stream().mapToInt(Symbol::id).distinct().count();
        if (byName.size() < this.symbols.size() || ids < this.symbols.size()) {
            throw new IllegalArgumentException("two symbols of one name or id: " + this.symbols);
        }
    }

    /** All symbols, in the order of the sources. Any thread. */
    public List<Symbol> symbols() {
        return symbols;
    }

    /** The symbol of a name. Any thread. */
    public Optional<Symbol> symbol(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public void bookChanged(Symbol symbol, BookDelta delta, long timeNanos) {
        LiveSymbol one = live(symbol);
        one.bookChanged(delta, timeNanos);
        touched(one);
    }

    @Override
    public void bookReplaced(Symbol symbol, BookSnapshot book, long timeNanos) {
        LiveSymbol one = live(symbol);
        one.bookReplaced(book, timeNanos);
        touched(one);
    }

    @Override
    public void traded(Symbol symbol, Trade trade) {
        LiveSymbol one = live(symbol);
        one.traded(trade);
        touched(one);
        if (one.newTrades() >= TRADES_GATHERED_MAX) {
            listener.changed(one.take());
        }
    }

    @Override
    public void priced(Symbol symbol, long priceTicks, long timeNanos) {
        LiveSymbol one = live(symbol);
        one.priced(priceTicks, timeNanos);
        touched(one);
    }

    /** Time goes on: candles of a symbol that ended without a further trade are told as closed. For a timer of a second or so. */
    public void tick(Symbol symbol, long nowMillis) {
        LiveSymbol one = live(symbol);
        one.closeCandles(nowMillis);
        if (one.changed()) {
            touched(one);
        }
    }

    /** Hands on what changed. The end of the owner's iteration does it by itself. */
    public void flush() {
        flushPlanned = false;
        for (LiveSymbol one : dirty) {
            one.listed = false;
            if (one.changed()) {
                listener.changed(one.take());
            }
        }
        dirty.clear();
    }

    /** A symbol as it is now; what changed before is handed on first. */
    public SymbolView view(Symbol symbol) {
        LiveSymbol one = live(symbol);
        if (one.changed()) {
            listener.changed(one.take());
        }
        return one.view();
    }

    /** The newest trades, the oldest of them first; at most {@value LiveSymbol#TRADES_KEPT}. */
    public List<Trade> lastTrades(Symbol symbol, int limit) {
        return live(symbol).lastTrades(limit);
    }

    /** The newest candles that begin before a moment, the oldest of them first. */
    public List<Candle> candles(Symbol symbol, CandleInterval interval, long beforeMillis, int limit) {
        return live(symbol).candles().of(interval).before(beforeMillis, limit);
    }

    /** The statistics of the last 24 hours; nothing before the first trade. */
    public Optional<Ticker> ticker(Symbol symbol, long nowMillis) {
        return live(symbol).candles().ticker(nowMillis);
    }

    private LiveSymbol live(Symbol symbol) {
        assert owner.inside() : "the market belongs to its owner";
        LiveSymbol one = live.get(symbol.name());
        if (one == null) {
            throw new IllegalArgumentException("no source said that it has " + symbol.name());
        }
        return one;
    }

    private void touched(LiveSymbol one) {
        if (!one.listed) {
            one.listed = true;
            dirty.add(one);
        }
        if (!flushPlanned) {
            flushPlanned = true;
            owner.atIterationEnd(this::flush);
        }
    }
}
