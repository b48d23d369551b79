package dev.peal.market.feed;

import dev.peal.market.book.BookSnapshot;
import dev.peal.market.book.OrderBook;
import dev.peal.market.book.Symbol;
import dev.peal.market.candle.CandleInterval;
import dev.peal.market.candle.Ticker;
import dev.peal.market.live.BookUpdate;
import dev.peal.market.live.CandleUpdate;
import dev.peal.market.live.MarketChange;
import dev.peal.market.live.PriceUpdate;
import dev.peal.market.live.SymbolView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One symbol as one loop knows it: its state, the ways in which it is looked at, and who is to be told when it changes. Belongs to its loop. */
final class SymbolFeed {
    /** Trades that are remembered for readers that lag; who lags more is told what was left out. */
    static final int TRADES_MAX = 1_024;

    /** The most levels of each side that are told: a change of all of them into others fits in one frame of records. */
    static final int LEVELS_MAX = 16_383;

    private final LoopFeed loop;
    private final Symbol symbol;
    private final OrderBook book = new OrderBook();
    private final Map<Integer, BookSnapshot> cuts = new HashMap<>();
    private final TradeRing trades;
    private final Map<CandleInterval, CandleBoard> candles = new EnumMap<>(CandleInterval.class);
    private final Map<Object, View> views = new HashMap<>();
    private final List<Lane> lanes = new ArrayList<>();

    private long version = 1;
    private long bookSequence;
    private long bookChecksum;
    private long bookTimeNanos;
    private Optional<PriceUpdate> price;
    private Optional<Ticker> ticker;
    private long tickerVersion = version;

    SymbolFeed(LoopFeed loop, SymbolStart start) {
        this.loop = loop;
        SymbolView view = start.view();
        symbol = view.symbol();
        book.replace(view.book());
        bookSequence = view.bookSequence();
        bookChecksum = view.bookChecksum();
        bookTimeNanos = view.bookTimeNanos();
        price = view.price();
        ticker = start.ticker();
        trades = new TradeRing(TRADES_MAX, Math.max(0, view.tradeSequence() - 1));
        view.lastTrade().ifPresent(last -> trades.addAll(List.of(last)));
        for (CandleInterval interval : CandleInterval.values()) {
            candles.put(interval, new CandleBoard());
        }
        start.candles().forEach(this::put);
    }

    /** Something changed: everybody who looks at that is due. */
    void changed(MarketChange change) {
        version++;
        change.book().ifPresent(this::apply);
        change.price().ifPresent(newest -> price = Optional.of(newest));
        change.trades().ifPresent(update -> trades.addAll(update.trades()));
        change.candles().forEach(this::put);
        if (change.book().isPresent()
                || change.price().isPresent()
                || change.trades().isPresent()) {
            due(Topic.MARKET);
        }
        if (!change.candles().isEmpty()) {
            due(Topic.CANDLES);
        }
    }

    void ticked(Ticker newest) {
        version++;
        ticker = Optional.of(newest);
        tickerVersion = version;
        due(Topic.TICKER);
    }

    /** The one view of a style; made when it is first asked for. There are as many styles as a subscription can name. */
    <S> View view(S style, Function<S, View> made) {
        return views.computeIfAbsent(style, absent -> made.apply(style));
    }

    /** The readers of one topic and pace. */
    Lane lane(Topic topic, Pace pace) {
        for (Lane lane : lanes) {
            if (lane.topic() == topic && lane.pace() == pace) {
                return lane;
            }
        }
        Lane added = new Lane(this, topic, pace);
        lanes.add(added);
        pace.joined();
        return added;
    }

    /** Nobody is in it any more. */
    void forget(Lane lane) {
        lanes.remove(lane);
    }

    LoopFeed loop() {
        return loop;
    }

    Symbol symbol() {
        return symbol;
    }

    long version() {
        return version;
    }

    /** The book to a depth; 0: all that is told of it. The same object until the book changes. */
    BookSnapshot book(int depth) {
        return cuts.computeIfAbsent(depth, cut -> book.top(cut == 0 ? LEVELS_MAX : cut));
    }

    long bookSequence() {
        return bookSequence;
    }

    long bookChecksum() {
        return bookChecksum;
    }

    long bookTimeNanos() {
        return bookTimeNanos;
    }

    Optional<PriceUpdate> price() {
        return price;
    }

    long priceSequence() {
        return price.map(PriceUpdate::sequence).orElse(0L);
    }

    TradeRing trades() {
        return trades;
    }

    long tradeSequence() {
        return trades.newest();
    }

    CandleBoard candles(CandleInterval interval) {
        return Optional.ofNullable(candles.get(interval)).orElseThrow();
    }

    Optional<Ticker> ticker() {
        return ticker;
    }

    long tickerVersion() {
        return tickerVersion;
    }

    private void apply(BookUpdate update) {
        if (update.previous() != bookSequence) {
            throw new IllegalStateException(
                    symbol.name() + ": the book " + bookSequence + " is not followed by " + update.previous());
        }
        book.apply(update.delta());
        cuts.clear();
        bookSequence = update.sequence();
        bookChecksum = update.checksum();
        bookTimeNanos = update.timeNanos();
    }

    private void put(CandleUpdate update) {
        candles(update.candle().interval()).put(update, version);
    }

    private void due(Topic topic) {
        for (int i = 0; i < lanes.size(); i++) {
            if (lanes.get(i).topic() == topic) {
                lanes.get(i).due();
            }
        }
    }
}
