package dev.peal.market;

import dev.peal.hub.Loop;
import dev.peal.market.book.Symbol;
import dev.peal.market.candle.CandleInterval;
import dev.peal.market.feed.LoopFeed;
import dev.peal.market.feed.SymbolStart;
import dev.peal.market.live.CandleUpdate;
import dev.peal.market.live.Market;
import dev.peal.market.live.MarketChange;
import dev.peal.market.source.MarketSource;
import dev.peal.time.Clock;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The market on its owner: its sources speak there, and each loop is handed every change. Thread-safe; {@link #market} belongs to the owner. */
final class MarketFloor {
    private static final int TICK_MILLIS = 1_000;

    /** A loop and what it knows. */
    private record Place(Loop loop, LoopFeed feed) {
        void hand(Consumer<LoopFeed> news) {
            loop.owner().execute(() -> news.accept(feed));
        }
    }

    private final List<MarketSource> sources;
    private final Map<Symbol, MarketSource> bySymbol = new HashMap<>();
    private final Optional<Trading> trading;
    private final Owner owner;
    private final Clock clock;
    private final List<Place> places;
    private final Market market;
    private boolean begun;
    private int followers;
    private Owner.Timer timer = () -> {};

    /**
     * A market that has not begun, on its owner.
     *
     * @param trading who trades on one of the sources
     * @param feeds what each loop knows, by its index
     */
    MarketFloor(
            List<MarketSource> sources,
            Optional<Trading> trading,
            List<Loop> loops,
            List<LoopFeed> feeds,
            Clock clock) {
        this.sources = List.copyOf(sources);
        this.trading = trading;
        this.owner = owner(loops);
        sources.forEach(source -> source.symbols().forEach(symbol -> bySymbol.put(symbol, source)));
        this.clock = clock;
        this.places = loops.stream()
                .map(loop -> new Place(loop, feeds.get(loop.index())))
                .toList();
        this.market = new Market(
                sources.stream().flatMap(source -> source.symbols().stream()).toList(), owner, this::changed);
    }

    Market market() {
        return market;
    }

    Owner owner() {
        return owner;
    }

    /** Where the market lives: on the last of the loops. A thread of its own would only take the place of a loop's. */
    static Owner owner(List<Loop> loops) {
        return loops.getLast().owner();
    }

    /** What time it is in the market of a symbol. On the owner. */
    long nowMillis(Symbol symbol) {
        MarketSource source = bySymbol.get(symbol);
        return source == null ? clock.millis() : source.nowMillis(symbol, clock);
    }

    /** Begins: completed once every loop knows where the market is. */
    CompletionStage<Void> start() {
        List<CompletableFuture<Void>> known = new ArrayList<>();
        places.forEach(place -> known.add(new CompletableFuture<>()));
        owner.execute(() -> {
            try {
                begin(known);
            } catch (RuntimeException e) {
                known.forEach(one -> one.completeExceptionally(e));
            }
        });
        return CompletableFuture.allOf(known.toArray(CompletableFuture[]::new));
    }

    private void begin(List<CompletableFuture<Void>> known) {
        for (MarketSource source : sources) {
            source.start(owner, clock, market);
        }
        market.flush();
        List<SymbolStart> starts = market.symbols().stream().map(this::start).toList();
        begun = true;
        sources.forEach(source -> source.watched(false));
        for (int i = 0; i < places.size(); i++) {
            CompletableFuture<Void> done = known.get(i);
            places.get(i).hand(feed -> {
                feed.begin(starts);
                done.complete(null);
            });
        }
        tickLater();
    }

    /** Somebody follows the market now. Any thread, as {@link #left}. */
    void entered() {
        owner.execute(() -> {
            if (followers++ == 0) {
                sources.forEach(source -> source.watched(true));
            }
        });
    }

    /** Who {@link #entered} follows it no more. */
    void left() {
        owner.execute(() -> {
            if (--followers == 0) {
                sources.forEach(source -> source.watched(false));
            }
        });
    }

    void stop() {
        owner.execute(() -> {
            timer.cancel();
            trading.ifPresent(Trading::stop);
            sources.forEach(MarketSource::stop);
        });
    }

    private SymbolStart start(Symbol symbol) {
        long now = nowMillis(symbol);
        List<CandleUpdate> candles = new ArrayList<>();
        for (CandleInterval interval : CandleInterval.values()) {
            market.candles(symbol, interval, Long.MAX_VALUE, 1).stream()
                    .map(candle -> new CandleUpdate(candle, candle.endMillis() <= now))
                    .forEach(candles::add);
        }
        return new SymbolStart(market.view(symbol), candles, market.ticker(symbol, now));
    }

    /** What happened while the sources began is in what the loops begin with. */
    private void changed(MarketChange change) {
        if (begun) {
            for (int i = 0; i < places.size(); i++) {
                places.get(i).hand(feed -> feed.changed(change));
            }
        }
    }

    private void tickLater() {
        timer = owner.schedule(this::tick, TICK_MILLIS);
    }

    private void tick() {
        market.symbols().forEach(symbol -> market.tick(symbol, nowMillis(symbol)));
        market.flush();
        trading.ifPresent(Trading::tick);
        for (Symbol symbol : market.symbols()) {
            market.ticker(symbol, nowMillis(symbol))
                    .ifPresent(ticker -> places.forEach(place -> place.hand(feed -> feed.ticked(symbol, ticker))));
        }
        tickLater();
    }
}
