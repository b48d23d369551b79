package dev.peal.market.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peal.market.Seeded;
import dev.peal.market.agents.MarketShape;
import dev.peal.market.book.OrderBook;
import dev.peal.market.book.Side;
import dev.peal.market.book.Symbol;
import dev.peal.market.book.Trade;
import dev.peal.market.candle.Candle;
import dev.peal.market.exchange.CancelReason;
import dev.peal.market.exchange.EngineLimits;
import dev.peal.market.exchange.OrderType;
import dev.peal.market.source.ExchangeConfig;
import dev.peal.market.source.ExchangeSource;
import dev.peal.market.source.Fill;
import dev.peal.market.source.Listing;
import dev.peal.market.source.TraderListener;
import dev.peal.testkit.ManualClock;
import dev.peal.testkit.ManualOwner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** PROMISES 69 without the network: readers of one lively market, each of which is told of some changes as one. */
class ConflationTest {
    private static final Symbol A = Symbol.of("A", 1, "0.01", "0.0001");
    private static final int SECONDS = Seeded.count(60, 3_600);

    private final ManualClock clock = new ManualClock();
    private final ManualOwner owner = new ManualOwner(clock);
    private final List<MarketChange> changes = new ArrayList<>();
    private final Market market = new Market(List.of(A), owner, changes::add);

    @Test
    void whoeverIsToldOfManyChangesAsOneEndsWithTheNewestOfEverythingAndKnowsWhatWasLeftOut() {
        Seeded.run(random -> {
            start(random);
            SymbolView begin = view();
            changes.clear();
            List<Reader> readers = List.of(new Reader(begin, 1), new Reader(begin, 5), new Reader(begin, 200));
            for (int step = 0; step < SECONDS * 100; step++) {
                clock.advanceMillis(10);
                owner.runReady();
                for (MarketChange change : changes) {
                    readers.forEach(reader -> reader.offer(change));
                }
                changes.clear();
                readers.forEach(reader -> reader.perhapsTake(random));
            }
            SymbolView end = view();
            for (Reader reader : readers) {
                reader.take();
                reader.assertEndsAt(end, begin);
            }
            assertThat(readers.getLast().skippedPrices).isPositive();
            assertThat(readers.getLast().candles).isEqualTo(readers.getFirst().candles);
            assertThat(readers.getLast().trades).isEqualTo(readers.getFirst().trades);
        });
    }

    @Test
    void onlyWhatFollowsCanBeMerged() {
        PriceUpdate price = new PriceUpdate(0, 3, 1, 1, 1);
        assertThat(price.skipped()).isEqualTo(2);
        assertThat(price.then(new PriceUpdate(3, 4, 2, 1, 1)).skipped()).isEqualTo(3);
        assertThatThrownBy(() -> price.then(price)).isInstanceOf(IllegalArgumentException.class);
        TradesUpdate trades = new TradesUpdate(1, List.of());
        assertThatThrownBy(() -> trades.then(new TradesUpdate(2, List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        MarketChange one = new MarketChange(A, Optional.empty(), Optional.of(trades), Optional.of(price), List.of());
        Symbol other = Symbol.of("B", 2, "1", "1");
        MarketChange two = new MarketChange(other, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        assertThatThrownBy(() -> one.then(two)).isInstanceOf(IllegalArgumentException.class);
    }

    private void start(Random random) {
        Listing lively = new Listing(A, new MarketShape(6_400_000, 500, 0.55, 20));
        ExchangeConfig config = new ExchangeConfig(random.nextLong(), 2, 10, EngineLimits.DEFAULT);
        ExchangeSource source = new ExchangeSource(List.of(lively), config, new NoTraders());
        owner.run(() -> source.start(owner, clock, market));
        owner.runReady();
    }

    private SymbolView view() {
        SymbolView[] view = new SymbolView[1];
        owner.run(() -> view[0] = market.view(A));
        return view[0];
    }

    /** A reader that takes what waits for it once in {@code pace} steps. */
    private static final class Reader {
        private final int pace;
        private final OrderBook book = new OrderBook();
        private final List<Trade> trades = new ArrayList<>();
        private final Map<String, Candle> candles = new HashMap<>();
        private @Nullable MarketChange waiting;
        private long bookSequence;
        private long priceSequence;
        private long priceTicks;
        private long tradeSequence;
        private long seenPrices;
        private long skippedPrices;

        private Reader(SymbolView view, int pace) {
            this.pace = pace;
            book.replace(view.book());
            bookSequence = view.bookSequence();
            priceSequence = view.price().map(PriceUpdate::sequence).orElse(0L);
            tradeSequence = view.tradeSequence();
        }

        private void offer(MarketChange change) {
            waiting = waiting == null ? change : waiting.then(change);
        }

        private void perhapsTake(Random random) {
            if (random.nextInt(pace) == 0) {
                take();
            }
        }

        private void take() {
            MarketChange change = waiting;
            if (change != null) {
                take(change);
            }
            waiting = null;
        }

        private void take(MarketChange change) {
            change.book().ifPresent(update -> {
                assertThat(update.previous()).isEqualTo(bookSequence);
                bookSequence = update.sequence();
                book.apply(update.delta());
                assertThat(book.crossed()).isFalse();
                assertThat(book.top(10)).isEqualTo(update.top());
            });
            change.price().ifPresent(update -> {
                assertThat(update.previous()).isEqualTo(priceSequence);
                skippedPrices += update.skipped();
                seenPrices++;
                priceSequence = update.sequence();
                priceTicks = update.priceTicks();
            });
            change.trades().ifPresent(update -> {
                assertThat(update.firstSequence()).isEqualTo(tradeSequence + 1);
                tradeSequence += update.trades().size();
                trades.addAll(update.trades());
            });
            change.candles()
                    .forEach(update -> candles.put(
                            update.candle().interval() + " " + update.candle().startMillis(), update.candle()));
        }

        private void assertEndsAt(SymbolView end, SymbolView begin) {
            assertThat(book.snapshot()).isEqualTo(end.book());
            assertThat(bookSequence).isEqualTo(end.bookSequence());
            PriceUpdate price = end.price().orElseThrow();
            assertThat(priceTicks).isEqualTo(price.priceTicks());
            assertThat(priceSequence).isEqualTo(price.sequence());
            assertThat(tradeSequence).isEqualTo(end.tradeSequence());
            assertThat(seenPrices + skippedPrices)
                    .isEqualTo(price.sequence() - begin.price().orElseThrow().sequence());
        }
    }

    private static final class NoTraders implements TraderListener {
        @Override
        public void accepted(
                Symbol symbol, long orderId, int account, Side side, OrderType type, long priceTicks, long lots) {}

        @Override
        public void filled(Fill fill) {}

        @Override
        public void rested(Symbol symbol, long orderId, int account, long lots) {}

        @Override
        public void cancelled(Symbol symbol, long orderId, int account, long lots, CancelReason reason) {}
    }
}
